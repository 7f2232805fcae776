import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('region_code', models.CharField(blank=True, max_length=13)),
                ('made_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'perubahan kalender',
                'indexes': [models.Index(condition=models.Q(('applied_at', None)), fields=['made_at'], name='change_pending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='change_days_in_order')],
                'triggers': [pgtrigger.compiler.Trigger(name='change_is_only_applied', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."first_day" IS DISTINCT FROM (NEW."first_day") OR OLD."last_day" IS DISTINCT FROM (NEW."last_day") OR OLD."region_code" IS DISTINCT FROM (NEW."region_code") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b64123857adfc2fe54607929360af99a72a81627', operation='UPDATE', pgid='pgtrigger_change_is_only_applied_8752a', table='deadlines_calendarchange', when='BEFORE')), pgtrigger.compiler.Trigger(name='change_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='de60eb1a6463ee1100882f8c2490d5ddb98153d7', operation='DELETE', pgid='pgtrigger_change_stays_faa9f', table='deadlines_calendarchange', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('decree', 'sesuai keputusan resmi'), ('provisional', 'perkiraan')], max_length=11)),
                ('reference', models.CharField(max_length=200)),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tahun kalender',
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('national', 'libur nasional'), ('cuti_bersama', 'cuti bersama'), ('regional', 'libur daerah')], max_length=12)),
                ('region_code', models.CharField(blank=True, max_length=13)),
                ('source', models.CharField(max_length=200)),
                ('is_provisional', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'hari libur',
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['day'], name='holiday_in_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('day', 'name', 'region_code'), name='holiday_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'regional'), ('region_code__gt', '')), models.Q(models.Q(('kind', 'regional'), _negated=True), ('region_code', '')), _connector='OR'), name='holiday_regional_names_its_region')],
                'triggers': [pgtrigger.compiler.Trigger(name='holiday_is_only_removed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."region_code" IS DISTINCT FROM (NEW."region_code") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."is_provisional" IS DISTINCT FROM (NEW."is_provisional") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0426a46a1030f33c4c531386621695f8be43a437', operation='UPDATE', pgid='pgtrigger_holiday_is_only_removed_c4841', table='deadlines_holiday', when='BEFORE')), pgtrigger.compiler.Trigger(name='holiday_removed_stays_removed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."removed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4375531730795ef66044986f8d6febd3173b97b4', operation='UPDATE', pgid='pgtrigger_holiday_removed_stays_removed_1a75b', table='deadlines_holiday', when='BEFORE')), pgtrigger.compiler.Trigger(name='holiday_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='832167c9b4479e4060cac1df837f1db9608b5b19', operation='DELETE', pgid='pgtrigger_holiday_stays_4e754', table='deadlines_holiday', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('has_oversight', models.BooleanField(null=True)),
                ('step', models.CharField(choices=[('verify', 'Verifikasi'), ('respond', 'Tindak lanjut pertama'), ('resolve', 'Jawaban'), ('reporter_reply', 'Tanggapan pelapor'), ('complete', 'Kelengkapan dari pelapor'), ('objection', 'Keputusan keberatan'), ('disclose', 'Keputusan atas permintaan identitas'), ('advice', 'Jawaban atas rekomendasi lembaga pengawas'), ('breach', 'Pemberitahuan insiden data pribadi'), ('disclose_lapse', 'Permintaan identitas gugur bila belum diputuskan')], max_length=20)),
                ('days', models.PositiveSmallIntegerField()),
                ('warn_days', models.PositiveSmallIntegerField(default=1)),
                ('extension_days', models.PositiveSmallIntegerField(default=0)),
                ('unit', models.CharField(choices=[('working', 'hari kerja'), ('calendar', 'hari kalender')], default='working', max_length=8)),
                ('holds_from', models.DateField()),
                ('holds_until', models.DateField(null=True)),
                ('source', models.TextField()),
            ],
            options={
                'verbose_name': 'janji layanan',
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='promise_at_least_a_day'), models.CheckConstraint(condition=models.Q(('holds_until', None), ('holds_until__gte', models.F('holds_from')), _connector='OR'), name='promise_dates_in_order'), models.UniqueConstraint(fields=('kind', 'has_oversight', 'step', 'holds_from'), name='promise_once', nulls_distinct=False)],
                'triggers': [pgtrigger.compiler.Trigger(name='promise_is_only_ended', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."has_oversight" IS DISTINCT FROM (NEW."has_oversight") OR OLD."step" IS DISTINCT FROM (NEW."step") OR OLD."days" IS DISTINCT FROM (NEW."days") OR OLD."warn_days" IS DISTINCT FROM (NEW."warn_days") OR OLD."extension_days" IS DISTINCT FROM (NEW."extension_days") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."holds_from" IS DISTINCT FROM (NEW."holds_from") OR OLD."source" IS DISTINCT FROM (NEW."source"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2d13f718ec41af739e2856a1047f6cc305551767', operation='UPDATE', pgid='pgtrigger_promise_is_only_ended_86668', table='deadlines_promise', when='BEFORE')), pgtrigger.compiler.Trigger(name='promise_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d4acff2875f5cf571eda6eaaadb5f350597e8557', operation='DELETE', pgid='pgtrigger_promise_stays_34c19', table='deadlines_promise', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(max_length=12)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pengecualian tangga',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='exemption_days_in_order'), models.CheckConstraint(condition=models.Q(('office__in', ['unit_head', 'superior', 'inspectorate', 'government'])), name='exemption_never_of_the_last'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exemption_has_a_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='exemption_is_only_ended', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."office" IS DISTINCT FROM (NEW."office") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='23c1cfd8e152a35152f7828330ad55a2fe0fefce', operation='UPDATE', pgid='pgtrigger_exemption_is_only_ended_1f99a', table='deadlines_exemption', when='BEFORE')), pgtrigger.compiler.Trigger(name='exemption_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='19ee59c086fb879858dfc39f19b4c337640aeb77', operation='DELETE', pgid='pgtrigger_exemption_stays_76901', table='deadlines_exemption', when='BEFORE'))],
            },
        ),
    ]
