import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('all', 'semua'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('district', 'kecamatan'), ('village', 'desa atau kelurahan'), ('agency', 'instansi'), ('category', 'kategori')], max_length=8)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('bucket', models.CharField(choices=[('belum', 'Belum'), ('proses', 'Proses'), ('selesai', 'Selesai')], max_length=7)),
                ('n', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'hitungan',
                'constraints': [models.UniqueConstraint(fields=('scope', 'key', 'bucket'), name='tally_once')],
            },
        ),
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
                ('answered_on', models.DateField(null=True)),
                ('assigned_on', models.DateField(null=True)),
                ('dealt_with', models.BooleanField(null=True)),
                ('district', models.CharField(blank=True, db_default='', max_length=8)),
                ('due_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('hand_backs', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('is_new_user', models.BooleanField(db_default=False, default=False)),
                ('objections', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('reopenings', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('resolve_late', models.IntegerField(null=True)),
                ('respond_late', models.IntegerField(null=True)),
                ('series', models.CharField(choices=[('real', 'laporan'), ('practice', 'latihan'), ('synthetic', 'data sintetis')], db_default='real', default='real', max_length=9)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('verified_on', models.DateField(null=True)),
                ('verify_late', models.IntegerField(null=True)),
                ('village', models.CharField(blank=True, db_default='', max_length=13)),
            ],
            options={
                'verbose_name': 'fakta laporan',
                'constraints': [models.CheckConstraint(condition=models.Q(('bucket__in', ['belum', 'proses', 'selesai'])), name='fact_bucket_known'), models.CheckConstraint(condition=models.Q(('series__in', ['real', 'practice', 'synthetic'])), name='fact_series_known'), models.CheckConstraint(condition=models.Q(models.Q(('report_id__lt', 0), ('series', 'synthetic')), models.Q(('series', 'synthetic'), _negated=True), _connector='OR'), name='fact_synthetic_negative')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(choices=[('real', 'laporan'), ('practice', 'latihan'), ('synthetic', 'data sintetis')], max_length=9)),
                ('scope', models.CharField(choices=[('all', 'semua'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('district', 'kecamatan'), ('village', 'desa atau kelurahan'), ('agency', 'instansi'), ('category', 'kategori')], max_length=8)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('facet', models.CharField(choices=[('all', 'semua'), ('kind', 'jenis'), ('channel', 'kanal'), ('category', 'kategori')], max_length=8)),
                ('value', models.CharField(blank=True, max_length=60)),
                ('month', models.DateField()),
                ('n', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'verbose_name': 'sel angka',
                'constraints': [models.UniqueConstraint(fields=('series', 'scope', 'key', 'facet', 'value', 'month'), name='cell_once')],
            },
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(choices=[('real', 'laporan'), ('practice', 'latihan'), ('synthetic', 'data sintetis')], max_length=9)),
                ('scope', models.CharField(choices=[('all', 'semua'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('district', 'kecamatan'), ('village', 'desa atau kelurahan'), ('agency', 'instansi'), ('category', 'kategori')], max_length=8)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('due_on', models.DateField()),
                ('n', models.IntegerField()),
            ],
            options={
                'verbose_name': 'tenggat menurut hari',
                'constraints': [models.UniqueConstraint(fields=('series', 'scope', 'key', 'due_on'), name='due_once')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('region', 'wilayah'), ('agency', 'instansi')], max_length=6)),
                ('old', models.CharField(max_length=160)),
                ('new', models.CharField(max_length=160)),
                ('since', models.DateField()),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name': 'penerus',
                'constraints': [models.UniqueConstraint(fields=('what', 'old', 'new'), name='succession_once'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='succession_to_another')],
            },
        ),
    ]
