import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('source', models.PositiveSmallIntegerField(choices=[(1, 'peristiwa'), (2, 'catatan audit'), (3, 'pesan'), (4, 'tanda terima')])),
                ('row_id', models.BigIntegerField()),
                ('form', models.PositiveSmallIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32, null=True)),
                ('report_id', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('source', 4)), fields=['hash'], name='leaf_of_receipt'), models.Index(condition=models.Q(('report_id__isnull', False)), fields=['report_id'], name='leaf_of_report')],
                'constraints': [models.UniqueConstraint(fields=('source', 'row_id'), name='leaf_one_for_each_row'), models.CheckConstraint(condition=models.Q(('source__in', [1, 2, 3, 4])), name='leaf_source_known'), models.CheckConstraint(condition=models.Q(('index__gte', 0)), name='leaf_index_counts')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2f6fa87e1c2657bbd78020a2ef45a240607347bf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d09d5', table='evidence_leaf', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='c2fa0fdd4e4fd240107343f39a7eb953abca7010', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_68eb7', table='evidence_leaf', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='node_once')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1514b2b402063e0b64880be11496b387aaa0614d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65727', table='evidence_node', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='0d4cee59d6dd743b940f200d9d4b379bc53aa2d8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_fc870', table='evidence_node', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('source', models.PositiveSmallIntegerField(choices=[(1, 'peristiwa'), (2, 'catatan audit'), (3, 'pesan'), (4, 'tanda terima')], primary_key=True, serialize=False)),
                ('xid', models.BigIntegerField(default=0)),
                ('row_id', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='PublicKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_id', models.CharField(max_length=16, unique=True)),
                ('public', models.BinaryField(max_length=32)),
                ('vouched_by', models.CharField(blank=True, max_length=16)),
                ('vouched', models.BinaryField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eaf9fded73580ebdbf41efb09e92de36a9633c05', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f641', table='evidence_publickey', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='ab1211c2f401705ae464b84f1b305faed0d0388e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_3428b', table='evidence_publickey', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
                ('key_id', models.CharField(max_length=16)),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['size'], name='head_of_size')],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87b286e5da6bfad1b28473d6bc3501ff3560e429', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5818d', table='evidence_head', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;", hash='f098e3582dd35955a18ccbf8171638c1992fd647', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2e91d', table='evidence_head', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('folder', 'folder berkas'), ('email', 'surel'), ('webhook', 'alamat web')], max_length=7)),
                ('target', models.CharField(max_length=16)),
                ('label', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('queued', 'menunggu dikirim'), ('sent', 'terkirim'), ('failed', 'gagal')], default='queued', max_length=6)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('last_error_class', models.CharField(blank=True, max_length=60)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('head', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='evidence.head')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at'], name='delivery_queue')],
                'constraints': [models.UniqueConstraint(fields=('head', 'place', 'target'), name='delivery_once'), models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state', 'queued')), models.Q(models.Q(('state', 'queued'), _negated=True), ('next_try_at__isnull', True)), _connector='OR'), name='delivery_queued_has_a_time')],
            },
        ),
    ]
