import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0001_initial'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('seed', models.CharField(max_length=32)),
                ('by', models.CharField(max_length=40)),
                ('rubric', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('population', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('drawn_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sampel mutu',
                'indexes': [models.Index(fields=['-closed_at'], name='quality_sample_closed')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'first_day', 'last_day'), name='quality_sample_once'), models.CheckConstraint(condition=models.Q(('first_day__lte', models.F('last_day'))), name='quality_sample_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.PositiveIntegerField()),
                ('read', models.PositiveIntegerField()),
                ('mean', models.FloatField()),
                ('low', models.FloatField()),
                ('high', models.FloatField()),
                ('points', models.JSONField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='quality.sample')),
            ],
            options={
                'verbose_name': 'nilai mutu',
                'constraints': [models.UniqueConstraint(fields=('sample', 'agency'), name='quality_score_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aca6e916f570c351524ea9f09a90fced9686a602', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_43ba7', table='quality_score', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='e78b6667ad70d4df3f69042d0b59af5c51123b88', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_5b181', table='quality_score', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Stratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strata', to='quality.sample')),
            ],
            options={
                'verbose_name': 'lapisan sampel',
                'constraints': [models.UniqueConstraint(fields=('sample', 'key'), name='quality_stratum_once')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants_second', models.BooleanField()),
                ('flags', models.JSONField(default=list)),
                ('on_time', models.PositiveSmallIntegerField()),
                ('message', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.message')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
                ('stratum', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='quality.stratum')),
            ],
            options={
                'verbose_name': 'jawaban dalam sampel',
                'constraints': [models.UniqueConstraint(fields=('stratum', 'report'), name='quality_item_once')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.JSONField()),
                ('is_second', models.BooleanField()),
                ('read_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='quality.item')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'penilaian mutu',
                'constraints': [models.UniqueConstraint(fields=('item', 'is_second'), name='quality_reading_once_each'), models.UniqueConstraint(fields=('item', 'reader'), name='quality_reading_by_two')],
            },
        ),
    ]
