import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField()),
                ('warned', models.PositiveSmallIntegerField(default=0)),
                ('is_running', models.BooleanField(default=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'insiden data pribadi',
                'indexes': [models.Index(condition=models.Q(('is_running', True)), fields=['due_at'], name='breach_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('known_at'))), name='breach_due_after_known')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='breach_is_only_warned_of', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."known_at" IS DISTINCT FROM (NEW."known_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='780c40a8bc9d38651731cf5f10c04ae0e01282af', operation='UPDATE', pgid='pgtrigger_breach_is_only_warned_of_d5ed3', table='privacy_breach', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='breach_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='29279f693c711244887ac480c313ab5fda36bffd', operation='DELETE', pgid='pgtrigger_breach_stays_14f2c', table='privacy_breach', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='BreachEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('opened', 'Dicatat'), ('corrected', 'Dilengkapi atau dikoreksi'), ('measure', 'Tindakan'), ('authority', 'Lembaga diberi tahu'), ('subjects', 'Pemilik data diberi tahu'), ('closed', 'Ditutup')], max_length=10)),
                ('happened', models.TextField(blank=True)),
                ('data', models.TextField(blank=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('measures', models.TextField(blank=True)),
                ('remark', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='privacy.breach')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'catatan insiden',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c9aa32029ecdb1d4b165b9fe46f79484f218f768', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_754bc', table='privacy_breachentry', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='3107ebbf33d6a20bd06204d7b122d8acfb739b64', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_eae84', table='privacy_breachentry', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('reference', models.CharField(max_length=200)),
                ('until', models.DateField()),
                ('placed_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
            ],
            options={
                'verbose_name': 'penahanan penghapusan',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_is_lifted_by_somebody')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='legal_hold_is_only_lifted', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."placed_at" IS DISTINCT FROM (NEW."placed_at") OR OLD."placed_by_id" IS DISTINCT FROM (NEW."placed_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3ae1e6a4730a13c15109dc27b86e923adbf5d8b1', operation='UPDATE', pgid='pgtrigger_legal_hold_is_only_lifted_99a51', table='privacy_hold', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='legal_hold_lifted_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."lifted_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='64d0c7e292ea48c2b932dd4d08afaa6ef5f43484', operation='UPDATE', pgid='pgtrigger_legal_hold_lifted_once_3f4c0', table='privacy_hold', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='legal_hold_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e3b102edc1da7a8dba082ec1e98f9dd4172a92ac', operation='DELETE', pgid='pgtrigger_legal_hold_stays_dc2d2', table='privacy_hold', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.CharField(choices=[('identity', 'Nama dan kontak pelapor'), ('files', 'Berkas lampiran'), ('notices', 'Catatan pemberitahuan'), ('sessions', 'Sesi peramban')], max_length=10, verbose_name='data')),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('days', models.PositiveIntegerField()),
                ('must_wait', models.BooleanField(default=False)),
                ('basis', models.TextField(verbose_name='dasar')),
                ('holds_from', models.DateField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'masa simpan',
                'constraints': [models.UniqueConstraint(fields=('data', 'kind', 'holds_from'), name='term_once'), models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='term_at_least_a_day'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='term_has_a_basis')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='536959bbb6a3f1cf5bff189050458c36242133f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_db045', table='privacy_term', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='149ac2d9e6024a6578238d538106774274245642', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_74176', table='privacy_term', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('cutoff', models.DateTimeField()),
                ('n', models.PositiveIntegerField()),
                ('codes', models.JSONField(default=list)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='privacy.term')),
            ],
            options={
                'verbose_name': 'penghapusan menurut masa simpan',
                'indexes': [models.Index(fields=['-at'], name='erasure_latest')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='875866b73fc7991f01d43b30bc0060c9761c8bd7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b10f7', table='privacy_erasure', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='b44d07f615d71a4c74083313ffb4f993999a6402', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f0a89', table='privacy_erasure', when='BEFORE')),
                ],
            },
        ),
    ]
