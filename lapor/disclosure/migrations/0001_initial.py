import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('agencies', '0001_initial'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=160, verbose_name='dasar hukum')),
                ('name_en', models.CharField(blank=True, max_length=160)),
                ('article', models.TextField(verbose_name='pasal')),
                ('needs_reference', models.BooleanField(default=True)),
                ('may_be_delayed', models.BooleanField(default=False)),
                ('holds_from', models.DateField()),
                ('holds_until', models.DateField(null=True)),
            ],
            options={
                'verbose_name': 'dasar hukum',
                'constraints': [models.UniqueConstraint(fields=('key', 'holds_from'), name='ground_once'), models.CheckConstraint(condition=models.Q(('holds_until', None), ('holds_until__gte', models.F('holds_from')), _connector='OR'), name='ground_dates_in_order')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='ground_is_only_ended', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."article" IS DISTINCT FROM (NEW."article") OR OLD."needs_reference" IS DISTINCT FROM (NEW."needs_reference") OR OLD."may_be_delayed" IS DISTINCT FROM (NEW."may_be_delayed") OR OLD."holds_from" IS DISTINCT FROM (NEW."holds_from"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d2d9a00910400e9338bbae2ffab6d06f84c7d698', operation='UPDATE', pgid='pgtrigger_ground_is_only_ended_566d1', table='disclosure_ground', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='ground_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6b290fd5da7fe4553d241b537d69532d2091837d', operation='DELETE', pgid='pgtrigger_ground_stays_6a745', table='disclosure_ground', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('bodies', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('reason', models.TextField()),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('lapses_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('allowed', 'Diizinkan'), ('refused', 'Ditolak'), ('lapsed', 'Gugur karena tidak diputuskan')], max_length=8)),
                ('ended_at', models.DateTimeField(null=True)),
                ('visible_until', models.DateTimeField(null=True)),
                ('late_at', models.DateTimeField(null=True)),
                ('wake_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('ground', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.ground')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
                ('requester', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'permintaan identitas',
                'indexes': [models.Index(fields=['report', 'requester'], name='request_of_report'), models.Index(condition=models.Q(('ended_at', None)), fields=['due_at'], name='request_open'), models.Index(condition=models.Q(('wake_at__isnull', False)), fields=['wake_at'], name='request_alarm')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('report', 'requester'), name='request_one_open_per_officer'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='request_ends_with_an_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'allowed'), ('visible_until__lte', django.db.models.expressions.CombinedExpression(models.F('ended_at'), '+', models.Value(datetime.timedelta(days=1))))), models.Q(models.Q(('outcome', 'allowed'), _negated=True), ('visible_until', None)), _connector='OR'), name='request_visible_for_a_day')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='request_only_ends', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."requester_id" IS DISTINCT FROM (NEW."requester_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."bodies" IS DISTINCT FROM (NEW."bodies") OR OLD."ground_id" IS DISTINCT FROM (NEW."ground_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."lapses_at" IS DISTINCT FROM (NEW."lapses_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eaa9b268f330ee2113931d87358fcfbd3d178c20', operation='UPDATE', pgid='pgtrigger_request_only_ends_03571', table='disclosure_request', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='request_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.ended_at IS NOT NULL AND (OLD.outcome, OLD.ended_at, OLD.visible_until) IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.visible_until))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1ffd6228cd194c1d596564f19eedcc4a3eb04837', operation='UPDATE', pgid='pgtrigger_request_ends_once_f6d83', table='disclosure_request', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='request_takes_two', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.outcome = 'allowed' AND (\n    SELECT count(DISTINCT custodian_id) FROM disclosure_decision WHERE request_id = NEW.key AND allows\n) < 2 THEN\n    RAISE EXCEPTION 'an identity is shown with the consent of two custodians only';\nEND IF;\nRETURN NEW;\n", hash='5282102e3347bf757cfb20a46de816bb9d2bd9fb', operation='INSERT OR UPDATE', pgid='pgtrigger_request_takes_two_3a66e', table='disclosure_request', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='request_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d6186bfe28e4e29b0b373d6f5cad98989ef395b2', operation='DELETE', pgid='pgtrigger_request_stays_73365', table='disclosure_request', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('asked', 'Diminta'), ('allowed', 'Diizinkan'), ('refused', 'Ditolak'), ('lapsed', 'Gugur karena tidak diputuskan')], max_length=8)),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='told', to='disclosure.request')),
            ],
            options={
                'verbose_name': 'kabar kepada pelapor',
                'constraints': [models.UniqueConstraint(fields=('request', 'what'), name='told_once')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c15e2c58836dfb6795d38bb2679c72e440413a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e8e1f', table='disclosure_told', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='9ee081e9305737f5251014b4499d45cf8ccc887c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_9508a', table='disclosure_told', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Viewing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='viewings', to='disclosure.request')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pembukaan identitas',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='39ac0bf589d7f3238bbef8b74cf087b331c2e29a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9ca6', table='disclosure_viewing', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='2636bbd3e4c399766644c1a0d9390070e305ee5f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2598d', table='disclosure_viewing', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='viewing_by_requester', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM disclosure_request r WHERE r.key = NEW.request_id AND r.requester_id = NEW.user_id\n    AND r.outcome = 'allowed' AND NEW.at < r.visible_until;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'only the requester looks, and only while it is allowed';\nEND IF;\nRETURN NEW;\n", hash='50e7eae5f91475bb52ca5a8b60efc1fae96ffc2c', operation='INSERT', pgid='pgtrigger_viewing_by_requester_b771e', table='disclosure_viewing', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('allows', models.BooleanField()),
                ('reason', models.TextField()),
                ('decided_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='disclosure.request')),
            ],
            options={
                'verbose_name': 'keputusan penjaga identitas',
                'constraints': [models.UniqueConstraint(fields=('request', 'custodian'), name='decision_once_per_custodian')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='146762eda5b3293aff07d3996f06369f174b224a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b22d0', table='disclosure_decision', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0fb2ad33152bc74e132500b22b77a83ac57c7301', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e5034', table='disclosure_decision', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='decision_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM disclosure_request r WHERE r.key = NEW.request_id AND r.ended_at IS NULL\n    AND r.requester_id <> NEW.custodian_id AND NOT NEW.agency_id = ANY (r.bodies)\n    AND EXISTS (\n        SELECT 1 FROM agencies_membership m\n        WHERE m.user_id = NEW.custodian_id AND m.agency_id = NEW.agency_id AND m.role = 'custodian'\n            AND (m.ends_on IS NULL OR m.ends_on > NEW.decided_at::date)\n    );\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'only a custodian who is neither the requester nor of a body concerned decides, while it is open';\nEND IF;\nRETURN NEW;\n", hash='3be1bdc8f6543586286445bd18f8c3e30cd2cade', operation='INSERT', pgid='pgtrigger_decision_by_another_90129', table='disclosure_decision', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Delay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=120)),
                ('authority', models.CharField(max_length=200)),
                ('until', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='disclosure.request')),
            ],
            options={
                'verbose_name': 'perintah penundaan',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ec4b68dee053337d15cf0d08a3534dbb4cb95ede', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e9e19', table='disclosure_delay', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='5968bd6d38c23f2eee3e9a591969d7a211900fa8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7046b', table='disclosure_delay', when='BEFORE')),
                ],
            },
        ),
    ]
