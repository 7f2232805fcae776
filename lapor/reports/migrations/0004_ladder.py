import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_heads'),
        ('reports', '0003_more_channels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'rekomendasi',
            },
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_kind_known',
        ),
        migrations.AddField(
            model_name='clock',
            name='decision',
            field=models.CharField(blank=True, db_default='', max_length=12),
        ),
        migrations.AddField(
            model_name='clock',
            name='office',
            field=models.CharField(blank=True, db_default='', max_length=12),
        ),
        migrations.AddField(
            model_name='clock',
            name='ordered_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='clock',
            name='rung',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='clock',
            name='rung_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='clock',
            name='rung_person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clock',
            name='rung_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('received', 'Laporan diterima'), ('imported', 'Diambil dari data terbuka'), ('proposed', 'Instansi diusulkan'), ('verified', 'Laporan diverifikasi'), ('corrected', 'Data laporan diperbaiki'), ('held', 'Menunggu keterangan pelapor'), ('resumed', 'Dilanjutkan'), ('passed', 'Diteruskan ke admin lain'), ('assigned', 'Diteruskan ke instansi'), ('contributor_added', 'Instansi pendukung ditambahkan'), ('contributed', 'Masukan instansi pendukung'), ('unit_assigned', 'Diteruskan ke unit'), ('reassigned', 'Petugas diganti'), ('started', 'Mulai ditangani'), ('drafted', 'Konsep jawaban ditulis'), ('draft_returned', 'Konsep jawaban dikembalikan'), ('followed_up', 'Perkembangan disampaikan'), ('extended', 'Tenggat diperpanjang'), ('handed_back', 'Dikembalikan oleh instansi'), ('handed_over', 'Surat pelimpahan dibuat'), ('hand_over_replied', 'Balasan pelimpahan dicatat'), ('answered', 'Dijawab'), ('agreed', 'Pelapor setuju'), ('rated', 'Pelapor memberi nilai'), ('objected', 'Pelapor keberatan'), ('objection_accepted', 'Keberatan diterima, dikembalikan untuk ditangani lagi'), ('objection_rejected', 'Keberatan tidak diterima'), ('replied', 'Pelapor membalas'), ('noted', 'Catatan internal'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut pelapor'), ('reopened', 'Dibuka kembali'), ('closed', 'Selesai'), ('merged', 'Digabung dengan laporan lain'), ('led', 'Laporan serupa digabungkan ke sini'), ('left', 'Laporan serupa berjalan sendiri lagi'), ('mass_opened', 'Dijadikan laporan massal'), ('mass_declined', 'Tidak dijadikan laporan massal'), ('split', 'Dipecah menjadi dua laporan'), ('secrecy_raised', 'Kerahasiaan ditingkatkan'), ('secrecy_lowered', 'Kerahasiaan diturunkan pelapor'), ('warned', 'Tenggat hampir tiba'), ('overdue', 'Melewati tenggat'), ('escalated', 'Dinaikkan ke atasan'), ('rung_decided', 'Keputusan atas keterlambatan'), ('rung_waits', 'Keputusan atas keterlambatan masih ditunggu'), ('recommended', 'Rekomendasi lembaga pengawas'), ('advice_answered', 'Rekomendasi dijawab'), ('file_taken', 'Berkas perkara diambil lembaga pengawas'), ('reminded', 'Pelapor diingatkan'), ('due_changed', 'Tenggat dihitung ulang'), ('identity_asked', 'Identitas pelapor diminta'), ('identity_late', 'Permintaan identitas lewat tenggat'), ('identity_allowed', 'Permintaan identitas diizinkan dua penjaga identitas'), ('identity_refused', 'Permintaan identitas ditolak'), ('identity_lapsed', 'Permintaan identitas gugur'), ('identity_viewed', 'Identitas pelapor dibuka'), ('identity_told', 'Pelapor diberi tahu tentang permintaan identitasnya'), ('leak_allowed', 'Data pribadi dikirim dengan alasan'), ('file_quarantined', 'Virus ditemukan, berkas dikunci'), ('identity_corrected', 'Nama atau kontak diperbaiki pelapor'), ('identity_erased', 'Identitas pelapor dihapus'), ('files_erased', 'Berkas dihapus'), ('account_left', 'Dilepas dari akun pelapor'), ('oversight_moved', 'Pengawas laporan berganti'), ('named', 'Pihak yang disebut dicatat'), ('naming_removed', 'Catatan pihak yang disebut dihapus'), ('stepped_aside', 'Petugas mengundurkan diri dari laporan ini'), ('brought_back', 'Petugas dilibatkan kembali')], max_length=20),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('question', 'Pertanyaan untuk pelapor'), ('reply', 'Balasan pelapor'), ('follow_up', 'Perkembangan'), ('answer', 'Jawaban'), ('objection', 'Keberatan'), ('decision', 'Putusan atas keberatan'), ('archive', 'Alasan pengarsipan'), ('extension', 'Alasan perpanjangan waktu'), ('hand_back', 'Alasan pengembalian'), ('instruction', 'Petunjuk disposisi'), ('contribution', 'Masukan instansi pendukung'), ('note', 'Catatan internal'), ('advice', 'Rekomendasi lembaga pengawas'), ('advice_reply', 'Jawaban atas rekomendasi'), ('withdrawal', 'Alasan pencabutan')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('rung__isnull', False), ('stopped_at__isnull', True)), fields=['escalated_to', 'decision', 'wake_at', 'id'], name='clock_on_a_rung'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('office', ''), ('rung__isnull', True)), models.Q(('escalated_to__isnull', False), ('rung_at__isnull', False), models.Q(('office', ''), _negated=True)), _connector='OR'), name='clock_rung_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'reply', 'follow_up', 'answer', 'objection', 'decision', 'archive', 'extension', 'hand_back', 'instruction', 'contribution', 'note', 'advice', 'advice_reply', 'withdrawal'])), name='message_kind_known'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='answer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.message'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='message',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.message'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='reports.report'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='to',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(condition=models.Q(('answer', None)), fields=['to', 'due_at'], name='recommendation_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='recommendation_is_only_answered', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."to_id" IS DISTINCT FROM (NEW."to_id") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e51dcf3a8c556c1f60b4bbc315ef729546bbc8c3', operation='UPDATE', pgid='pgtrigger_recommendation_is_only_answered_e6cc5', table='reports_recommendation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recommendation',
            trigger=pgtrigger.compiler.Trigger(name='recommendation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='009714259d6e6eccce53e0b183214f87ebfe0ed9', operation='DELETE', pgid='pgtrigger_recommendation_stays_37816', table='reports_recommendation', when='BEFORE')),
        ),
        # What rested at the top before there was a ladder is looked at again, so that it has a next date.
        migrations.RunSQL(
            "UPDATE reports_clock SET wake_at = due_at WHERE stopped_at IS NULL AND NOT is_paused"
            " AND missed_at IS NOT NULL AND wake_at IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
