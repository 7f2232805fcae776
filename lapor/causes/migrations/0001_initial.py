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
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveIntegerField()),
                ('found_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency')),
                ('category', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.category')),
                ('region', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.region')),
            ],
            options={
                'verbose_name': 'calon akar masalah',
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150)),
                ('cause', models.TextField()),
                ('measure', models.TextField(blank=True)),
                ('owner', models.CharField(max_length=150)),
                ('due_on', models.DateField()),
                ('measured_on', models.DateField(null=True)),
                ('stage', models.CharField(choices=[('open', 'dikerjakan'), ('done', 'tindakan selesai'), ('dropped', 'tidak dilanjutkan')], default='open', max_length=8)),
                ('version', models.PositiveIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('category', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.category')),
                ('region', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.region')),
            ],
            options={
                'verbose_name': 'akar masalah',
                'indexes': [models.Index(fields=['-opened_at', '-id'], name='cause_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['open', 'done', 'dropped'])), name='cause_stage_known'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'done'), _negated=True), models.Q(('measured_on__isnull', False), models.Q(('measure', ''), _negated=True)), _connector='OR'), name='cause_done_has_a_measure'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('stage', 'open')), models.Q(models.Q(('stage', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='cause_closed_at_its_end')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('fields', models.JSONField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='causes.cause')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'perubahan akar masalah',
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9faacd2c4cfbfd50800b96a2fdf993241c924118', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26a4d', table='causes_change', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='8b94b8b365e37def5ec6b2d0621a4b8e9834ce88', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_57659', table='causes_change', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Month',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('n', models.PositiveIntegerField()),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='months', to='causes.cause')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cause', 'month'), name='cause_month_once')],
            },
        ),
    ]
