import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('channel_silent', 'Saluran tanpa laporan'), ('channel_stuck', 'Pesan tertahan di saluran'), ('agency_away', 'Instansi tanpa petugas yang masuk'), ('queue_unread', 'Laporan belum diverifikasi'), ('queue_untouched', 'Laporan belum ditindaklanjuti'), ('advice_unanswered', 'Rekomendasi lembaga pengawas belum dijawab'), ('consumer_stalled', 'Pekerja tidak membaca peristiwa'), ('job_failing', 'Pekerjaan gagal terus'), ('notices_late', 'Pemberitahuan tidak terkirim')], max_length=20)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('since', models.DateTimeField(null=True)),
                ('raised_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'alarm',
                'indexes': [models.Index(condition=models.Q(('cleared_at', None)), fields=['agency'], name='alarm_of_agency'), models.Index(condition=models.Q(('cleared_at__isnull', False)), fields=['-cleared_at'], name='alarm_past')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cleared_at', None)), fields=('kind', 'subject', 'agency'), name='alarm_raised_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('kind__in', ['channel_silent', 'channel_stuck', 'agency_away', 'queue_unread', 'queue_untouched', 'advice_unanswered', 'consumer_stalled', 'job_failing', 'notices_late'])), name='alarm_kind_known'), models.CheckConstraint(condition=models.Q(('cleared_at', None), ('cleared_at__gte', models.F('raised_at')), _connector='OR'), name='alarm_in_order')],
                'triggers': [pgtrigger.compiler.Trigger(name='alarm_is_only_cleared', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."raised_at" IS DISTINCT FROM (NEW."raised_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dced08786551a0f180b2bbf5c8942b3c96aba6fa', operation='UPDATE', pgid='pgtrigger_alarm_is_only_cleared_c0420', table='alarms_alarm', when='BEFORE')), pgtrigger.compiler.Trigger(name='alarm_cleared_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cleared_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='91dc394ce6610367eae9b6cc65a7b9b5fa1e636b', operation='UPDATE', pgid='pgtrigger_alarm_cleared_stays_8d909', table='alarms_alarm', when='BEFORE')), pgtrigger.compiler.Trigger(name='alarm_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6b70b131cacd2d78840a45d996314bfd50ea5dd9', operation='DELETE', pgid='pgtrigger_alarm_stays_18d9e', table='alarms_alarm', when='BEFORE'))],
            },
        ),
    ]
