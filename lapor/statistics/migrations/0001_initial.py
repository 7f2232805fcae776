from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('report_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('bucket', models.CharField(choices=[('belum', 'Belum'), ('proses', 'Proses'), ('selesai', 'Selesai')], max_length=7)),
                ('state', models.CharField(max_length=12)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('visibility', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=20)),
                ('channel', models.CharField(max_length=12)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('regency', models.CharField(blank=True, max_length=5)),
                ('agency_id', models.BigIntegerField(null=True)),
                ('holder_id', models.BigIntegerField(null=True)),
                ('category', models.CharField(blank=True, max_length=60)),
                ('received_on', models.DateField()),
            ],
            options={
                'verbose_name': 'fakta laporan',
                'constraints': [models.CheckConstraint(condition=models.Q(('bucket__in', ['belum', 'proses', 'selesai'])), name='fact_bucket_known')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('all', 'semua'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('agency', 'instansi'), ('category', 'kategori')], max_length=8)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('bucket', models.CharField(choices=[('belum', 'Belum'), ('proses', 'Proses'), ('selesai', 'Selesai')], max_length=7)),
                ('n', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'hitungan',
                'constraints': [models.UniqueConstraint(fields=('scope', 'key', 'bucket'), name='tally_once')],
            },
        ),
    ]
