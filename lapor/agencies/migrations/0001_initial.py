import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('slug', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='nama')),
                ('name_en', models.CharField(blank=True, max_length=100, verbose_name='nama dalam bahasa Inggris')),
                ('description', models.TextField(blank=True, verbose_name='keterangan')),
                ('sort', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_edited', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'kategori',
                'ordering': ['sort', 'name'],
            },
        ),
        migrations.CreateModel(
            name='ReferenceLoad',
            fields=[
                ('part', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'reference load',
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=160, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short', models.CharField(blank=True, max_length=60, verbose_name='singkatan')),
                ('kind', models.CharField(choices=[('ministry', 'kementerian'), ('body', 'lembaga'), ('state_company', 'badan usaha milik negara'), ('government', 'pemerintah daerah'), ('inspectorate', 'inspektorat'), ('saber_pungli', 'unit Saber Pungli'), ('office', 'perangkat daerah'), ('national_admin', 'pengelola nasional'), ('overseer', 'lembaga pengawas')], max_length=14, verbose_name='jenis')),
                ('level', models.CharField(choices=[('central', 'pusat'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('village', 'desa')], max_length=8, verbose_name='tingkat')),
                ('field', models.CharField(blank=True, max_length=50, verbose_name='bidang')),
                ('answers_for', models.TextField(blank=True, verbose_name='menangani')),
                ('address', models.TextField(blank=True, verbose_name='alamat')),
                ('letterhead', models.TextField(blank=True, verbose_name='kop surat')),
                ('connected_on', models.DateField(blank=True, null=True, verbose_name='terhubung sejak')),
                ('disconnected_on', models.DateField(blank=True, null=True, verbose_name='tidak terhubung lagi sejak')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('is_edited', models.BooleanField(default=False, editable=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'instansi',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ConnectionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_connected', models.BooleanField(verbose_name='terhubung')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='connection_changes', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'riwayat keterhubungan',
                'ordering': ['agency', 'recorded_at'],
                'triggers': [pgtrigger.compiler.Trigger(name='connection_history_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='da8096871ed3400528b43f1f2c4876412e0437cb', operation='UPDATE OR DELETE', pgid='pgtrigger_connection_history_stays_084d6', table='agencies_connectionchange', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name='kode wilayah')),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('level', models.SmallIntegerField(choices=[(1, 'provinsi'), (2, 'kabupaten atau kota'), (3, 'kecamatan'), (4, 'desa atau kelurahan')], verbose_name='tingkat')),
                ('kind', models.CharField(choices=[('provinsi', 'provinsi'), ('kabupaten', 'kabupaten'), ('kota', 'kota'), ('kecamatan', 'kecamatan'), ('desa', 'desa'), ('kelurahan', 'kelurahan')], max_length=9, verbose_name='jenis')),
                ('label', models.CharField(blank=True, max_length=160, verbose_name='letak')),
                ('plain', models.CharField(max_length=80)),
                ('search', models.CharField(max_length=250)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.region')),
            ],
            options={
                'verbose_name': 'wilayah',
                'ordering': ['code'],
                'indexes': [models.Index(django.contrib.postgres.indexes.OpClass('plain', 'varchar_pattern_ops'), name='region_plain_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Replace('plain', models.Value(' '), models.Value('')), 'text_pattern_ops'), name='region_joined_prefix'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search', 'gin_trgm_ops'), name='region_search_trgm')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='region_level_1_to_4'), models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^\\d{2}$'), ('level', 1), ('parent', None)), models.Q(('code__regex', '^\\d{2}\\.\\d{2}$'), ('level', 2), ('parent__isnull', False)), models.Q(('code__regex', '^\\d{2}\\.\\d{2}\\.\\d{2}$'), ('level', 3), ('parent__isnull', False)), models.Q(('code__regex', '^\\d{2}\\.\\d{2}\\.\\d{2}\\.\\d{4}$'), ('level', 4), ('parent__isnull', False)), _connector='OR'), name='region_code_shape')],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='region',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='agencies.region'),
        ),
        migrations.CreateModel(
            name='RegionWord',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('uses', models.IntegerField()),
            ],
            options={
                'verbose_name': 'kata dalam nama wilayah',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', 'gin_trgm_ops'), name='region_word_trgm')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('file_name', models.CharField(blank=True, editable=False, max_length=150)),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'unit kerja',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='unit_once_per_agency'), models.UniqueConstraint(condition=models.Q(('file_name', ''), _negated=True), fields=('agency', 'file_name'), name='unit_once_per_file_name')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('counter', 'petugas loket'), ('operator', 'operator'), ('liaison', 'pejabat penghubung'), ('head', 'pimpinan'), ('admin', 'admin instansi'), ('national', 'admin nasional'), ('custodian', 'penjaga identitas'), ('investigator', 'pemeriksa laporan rahasia'), ('overseer', 'pengawas'), ('auditor', 'auditor'), ('ppid', 'petugas PPID')], max_length=12, verbose_name='peran')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='berakhir')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('heir', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.unit')),
            ],
            options={
                'verbose_name': 'jabatan',
                'ordering': ['starts_on', 'id'],
                'indexes': [models.Index(fields=['agency', 'role'], name='membership_agency_role')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('user', 'agency', 'unit', 'role'), name='membership_once_while_open', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='dari tanggal')),
                ('ends_on', models.DateField(verbose_name='sampai tanggal')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='alasan')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputises_in', to=settings.AUTH_USER_MODEL, verbose_name='pengganti')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ketidakhadiran',
                'ordering': ['starts_on'],
                'indexes': [models.Index(fields=['user', 'ends_on'], name='absence_user_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_dates_in_order'), models.CheckConstraint(condition=models.Q(('deputy', None), models.Q(('deputy', models.F('user')), _negated=True), _connector='OR'), name='absence_deputy_is_another')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('counter', 'petugas loket'), ('operator', 'operator'), ('liaison', 'pejabat penghubung'), ('head', 'pimpinan'), ('admin', 'admin instansi'), ('national', 'admin nasional'), ('custodian', 'penjaga identitas'), ('investigator', 'pemeriksa laporan rahasia'), ('overseer', 'pengawas'), ('auditor', 'auditor'), ('ppid', 'petugas PPID')], max_length=12, verbose_name='peran')),
                ('done_on', models.DateField(verbose_name='tanggal')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='nomor sertifikat')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('noted_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pelatihan',
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['agency'], name='training_of_agency')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('user', 'agency', 'role'), name='training_once'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('reason__gt', '')), models.Q(('number__gt', ''), ('reason', '')), _connector='OR'), name='training_by_certificate_or_by_word')],
                'triggers': [pgtrigger.compiler.Trigger(name='training_is_only_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."done_on" IS DISTINCT FROM (NEW."done_on") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."noted_at" IS DISTINCT FROM (NEW."noted_at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b6aefd5dd88afdc6a55f71999ceb6839bb2ae5a4', operation='UPDATE', pgid='pgtrigger_training_is_only_withdrawn_f2511', table='agencies_training', when='BEFORE')), pgtrigger.compiler.Trigger(name='training_withdrawn_stays_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a0cc095fa784c6c9a9caffd6fdf4287339f1460b', operation='UPDATE', pgid='pgtrigger_training_withdrawn_stays_withdrawn_7309b', table='agencies_training', when='BEFORE')), pgtrigger.compiler.Trigger(name='training_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e3aa1f73baf84ea356c243007c3ca1aa65013b87', operation='DELETE', pgid='pgtrigger_training_stays_51033', table='agencies_training', when='BEFORE'))],
            },
        ),
        migrations.AddIndex(
            model_name='agency',
            index=models.Index(fields=['region', 'kind'], name='agency_region_kind'),
        ),
        migrations.AddIndex(
            model_name='agency',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', 'gin_trgm_ops'), name='agency_name_trgm'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(condition=models.Q(('field', ''), _negated=True), fields=('region', 'field'), name='agency_one_per_region_and_field'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'national_admin')), fields=('kind',), name='agency_one_national_admin'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('level', 'central'), ('region__isnull', False), _connector='OR'), name='agency_regional_has_region'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('disconnected_on', None), ('connected_on__lte', models.F('disconnected_on')), _connector='OR'), name='agency_connection_in_order'),
        ),
    ]
