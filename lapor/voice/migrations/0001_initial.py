import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='reports.report')),
                ('version', models.CharField(max_length=10)),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('is_told', models.BooleanField(default=False)),
                ('is_reached', models.BooleanField(default=False)),
                ('answered_on', models.DateField(null=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'survei pelapor',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=20)),
                ('value', models.PositiveSmallIntegerField()),
                ('asked', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='voice.asked')),
            ],
            options={
                'verbose_name': 'jawaban survei',
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField()),
                ('agency_id', models.BigIntegerField()),
                ('version', models.CharField(max_length=10)),
                ('asked', models.PositiveIntegerField()),
                ('told', models.PositiveIntegerField()),
                ('reached', models.PositiveIntegerField()),
                ('answered', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'hasil survei',
                'indexes': [models.Index(fields=['agency_id', '-quarter'], name='voice_result_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('quarter', 'agency_id', 'version'), name='voice_result_once')],
            },
        ),
        migrations.AddIndex(
            model_name='asked',
            index=models.Index(fields=['asked_on'], name='asked_by_day'),
        ),
        migrations.AddIndex(
            model_name='asked',
            index=models.Index(condition=models.Q(('due_on__isnull', False)), fields=['due_on'], name='asked_due'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('asked', 'question'), name='voice_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('value__range', (1, 5))), name='voice_answer_one_to_five'),
        ),
    ]
