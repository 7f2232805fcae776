import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('begun_at', models.DateTimeField()),
                ('whole_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'edisi data terbuka',
            },
        ),
        migrations.CreateModel(
            name='Monthly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('language', models.CharField(max_length=2)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'laporan bulanan',
                'constraints': [models.UniqueConstraint(fields=('month', 'language'), name='monthly_once')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('cursor', models.JSONField(null=True)),
                ('members', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('size', models.BigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='editions.edition')),
            ],
            options={
                'verbose_name': 'berkas data terbuka',
                'indexes': [models.Index(condition=models.Q(('sha256', '')), fields=['edition', 'id'], name='edition_part_to_do')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'name'), name='edition_part_once')],
            },
        ),
    ]
