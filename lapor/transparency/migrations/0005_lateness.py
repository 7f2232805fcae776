from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0004_photos'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicevent',
            name='decision',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='publicevent',
            name='office',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='publicevent',
            name='skipped',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='publicevent',
            name='kind',
            field=models.CharField(choices=[('received', 'Laporan diterima'), ('imported', 'Diambil dari data terbuka'), ('proposed', 'Instansi diusulkan'), ('verified', 'Laporan diverifikasi'), ('corrected', 'Data laporan diperbaiki'), ('held', 'Menunggu keterangan pelapor'), ('resumed', 'Dilanjutkan'), ('passed', 'Diteruskan ke admin lain'), ('assigned', 'Diteruskan ke instansi'), ('contributor_added', 'Instansi pendukung ditambahkan'), ('contributed', 'Masukan instansi pendukung'), ('unit_assigned', 'Diteruskan ke unit'), ('reassigned', 'Petugas diganti'), ('started', 'Mulai ditangani'), ('drafted', 'Konsep jawaban ditulis'), ('draft_returned', 'Konsep jawaban dikembalikan'), ('followed_up', 'Perkembangan disampaikan'), ('extended', 'Tenggat diperpanjang'), ('handed_back', 'Dikembalikan oleh instansi'), ('handed_over', 'Surat pelimpahan dibuat'), ('hand_over_replied', 'Balasan pelimpahan dicatat'), ('answered', 'Dijawab'), ('agreed', 'Pelapor setuju'), ('rated', 'Pelapor memberi nilai'), ('objected', 'Pelapor keberatan'), ('objection_accepted', 'Keberatan diterima, dikembalikan untuk ditangani lagi'), ('objection_rejected', 'Keberatan tidak diterima'), ('replied', 'Pelapor membalas'), ('noted', 'Catatan internal'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut pelapor'), ('reopened', 'Dibuka kembali'), ('closed', 'Selesai'), ('merged', 'Digabung dengan laporan lain'), ('led', 'Laporan serupa digabungkan ke sini'), ('left', 'Laporan serupa berjalan sendiri lagi'), ('mass_opened', 'Dijadikan laporan massal'), ('mass_declined', 'Tidak dijadikan laporan massal'), ('split', 'Dipecah menjadi dua laporan'), ('secrecy_raised', 'Kerahasiaan ditingkatkan'), ('secrecy_lowered', 'Kerahasiaan diturunkan pelapor'), ('warned', 'Tenggat hampir tiba'), ('overdue', 'Melewati tenggat'), ('escalated', 'Dinaikkan ke atasan'), ('rung_decided', 'Keputusan atas keterlambatan'), ('rung_waits', 'Keputusan atas keterlambatan masih ditunggu'), ('recommended', 'Rekomendasi lembaga pengawas'), ('advice_answered', 'Rekomendasi dijawab'), ('file_taken', 'Berkas perkara diambil lembaga pengawas'), ('reminded', 'Pelapor diingatkan'), ('due_changed', 'Tenggat dihitung ulang'), ('identity_asked', 'Identitas pelapor diminta'), ('identity_late', 'Permintaan identitas lewat tenggat'), ('identity_allowed', 'Permintaan identitas diizinkan dua penjaga identitas'), ('identity_refused', 'Permintaan identitas ditolak'), ('identity_lapsed', 'Permintaan identitas gugur'), ('identity_viewed', 'Identitas pelapor dibuka'), ('identity_told', 'Pelapor diberi tahu tentang permintaan identitasnya'), ('leak_allowed', 'Data pribadi dikirim dengan alasan'), ('file_quarantined', 'Virus ditemukan, berkas dikunci'), ('identity_corrected', 'Nama atau kontak diperbaiki pelapor'), ('identity_erased', 'Identitas pelapor dihapus'), ('files_erased', 'Berkas dihapus'), ('account_left', 'Dilepas dari akun pelapor'), ('oversight_moved', 'Pengawas laporan berganti'), ('named', 'Pihak yang disebut dicatat'), ('naming_removed', 'Catatan pihak yang disebut dihapus'), ('stepped_aside', 'Petugas mengundurkan diri dari laporan ini'), ('brought_back', 'Petugas dilibatkan kembali')], max_length=20),
        ),
    ]
