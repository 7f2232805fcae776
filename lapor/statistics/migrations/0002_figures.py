import django.contrib.postgres.fields
from django.db import migrations, models


# Facts say more than before: the worker reads the whole history again and counts anew. `statistics rebuild` does it at once.
AGAIN = """
    DELETE FROM statistics_fact;
    DELETE FROM statistics_tally;
    UPDATE reports_cursor SET xid = 0, event_id = 0 WHERE consumer = 'statistics';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
        ('statistics', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
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
            },
        ),
        migrations.AddField(
            model_name='fact',
            name='answered_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='assigned_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='dealt_with',
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='district',
            field=models.CharField(blank=True, db_default='', max_length=8),
        ),
        migrations.AddField(
            model_name='fact',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='hand_backs',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='fact',
            name='is_new_user',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='fact',
            name='objections',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='fact',
            name='reopenings',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='fact',
            name='resolve_late',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='respond_late',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='series',
            field=models.CharField(choices=[('real', 'laporan'), ('practice', 'latihan'), ('synthetic', 'data sintetis')], db_default='real', default='real', max_length=9),
        ),
        migrations.AddField(
            model_name='fact',
            name='stars',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='verified_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='verify_late',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='fact',
            name='village',
            field=models.CharField(blank=True, db_default='', max_length=13),
        ),
        migrations.AlterField(
            model_name='tally',
            name='scope',
            field=models.CharField(choices=[('all', 'semua'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('district', 'kecamatan'), ('village', 'desa atau kelurahan'), ('agency', 'instansi'), ('category', 'kategori')], max_length=8),
        ),
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.CheckConstraint(condition=models.Q(('series__in', ['real', 'practice', 'synthetic'])), name='fact_series_known'),
        ),
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('report_id__lt', 0), ('series', 'synthetic')), models.Q(('series', 'synthetic'), _negated=True), _connector='OR'), name='fact_synthetic_negative'),
        ),
        migrations.AddConstraint(
            model_name='cell',
            constraint=models.UniqueConstraint(fields=('series', 'scope', 'key', 'facet', 'value', 'month'), name='cell_once'),
        ),
        migrations.AddConstraint(
            model_name='due',
            constraint=models.UniqueConstraint(fields=('series', 'scope', 'key', 'due_on'), name='due_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('what', 'old', 'new'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='succession_to_another'),
        ),
    ]
