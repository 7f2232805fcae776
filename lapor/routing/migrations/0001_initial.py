import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('why', models.CharField(max_length=300)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField()),
            ],
            options={
                'verbose_name': 'perubahan aturan',
                'ordering': ['-pk'],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2318e60a808e5374ed0d601ff3406d428e03af71', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7d3fd', table='routing_rulechange', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ac8d7455e3726b24de3ed17231c09168bc598efe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b509d', table='routing_rulechange', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('report_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('suggested_on', models.DateField()),
                ('version', models.CharField(blank=True, max_length=12)),
                ('channel', models.CharField(max_length=12)),
                ('language', models.CharField(max_length=2)),
                ('kind', models.CharField(max_length=20)),
                ('category', models.CharField(blank=True, max_length=60)),
                ('region', models.CharField(blank=True, max_length=13)),
                ('agency_id', models.BigIntegerField(null=True)),
                ('level', models.CharField(blank=True, max_length=10)),
                ('sureness', models.FloatField()),
                ('abstained', models.BooleanField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_kind', models.CharField(blank=True, max_length=20)),
                ('decided_category', models.CharField(blank=True, max_length=60)),
                ('decided_region', models.CharField(blank=True, max_length=13)),
                ('decided_agency_id', models.BigIntegerField(null=True)),
                ('decided_level', models.CharField(blank=True, max_length=10)),
            ],
            options={
                'verbose_name': 'usulan penyaluran',
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.FloatField()),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'ambang usulan',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('version', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('trained_at', models.DateTimeField()),
                ('shipped_rows', models.PositiveIntegerField()),
                ('decided_rows', models.PositiveIntegerField()),
                ('figures', models.JSONField(default=dict)),
                ('promoted_at', models.DateTimeField(null=True)),
                ('is_current', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'versi model penyaluran',
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_key', models.CharField(blank=True, editable=False, max_length=200)),
                ('line', models.PositiveIntegerField(default=0, editable=False)),
                ('priority', models.PositiveIntegerField()),
                ('kind', models.CharField(blank=True, max_length=200)),
                ('category', models.CharField(blank=True, max_length=1000)),
                ('when', models.TextField(blank=True)),
                ('unless', models.TextField(blank=True)),
                ('level', models.CharField(choices=[('central', 'pusat'), ('province', 'provinsi'), ('regency', 'kabupaten atau kota'), ('village', 'desa')], max_length=8)),
                ('body', models.CharField(max_length=400)),
                ('is_sure', models.BooleanField(default=True)),
                ('reason', models.CharField(max_length=400)),
                ('reason_en', models.CharField(blank=True, max_length=400)),
                ('source', models.CharField(max_length=300)),
                ('is_active', models.BooleanField(default=True)),
                ('is_edited', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'aturan wewenang',
                'ordering': ['priority', 'line', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('file_key', ''), _negated=True), fields=('file_key',), name='rule_once_per_line_of_the_file'), models.CheckConstraint(condition=models.Q(('level__in', ['central', 'province', 'regency', 'village'])), name='rule_level_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='rule_says_who_and_by_which_law')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='50a473074825a7f82dbf025965d172066df1fb04', operation='DELETE', pgid='pgtrigger_never_deleted_0388b', table='routing_rule', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0d09b93cd38d61cce2ef9deec54af596e6f1f8d1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_50fae', table='routing_rule', when='BEFORE')),
                ],
            },
        ),
        migrations.AddField(
            model_name='rulechange',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rulechange',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='routing.rule'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['suggested_on'], name='suggestion_by_day'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('sureness__gte', 0), ('sureness__lte', 1)), name='sureness_is_a_probability'),
        ),
        migrations.AddField(
            model_name='threshold',
            name='set_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='promoted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='trained_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='threshold',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 1)), name='threshold_is_a_probability'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_current_version'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('is_current', False), ('promoted_at__isnull', False), _connector='OR'), name='current_version_was_promoted'),
        ),
    ]
