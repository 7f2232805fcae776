import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicReport',
            fields=[
                ('report_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10, unique=True)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('kind', models.CharField(choices=[('complaint', 'Pengaduan'), ('aspiration', 'Aspirasi'), ('information_request', 'Permintaan informasi'), ('whistleblowing', 'Pengaduan rahasia (whistleblowing)'), ('procurement', 'Pengadaan barang dan jasa')], max_length=20)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('regency', models.CharField(blank=True, max_length=5)),
                ('district', models.CharField(blank=True, max_length=8)),
                ('place', models.CharField(blank=True, max_length=250)),
                ('occurred_on', models.DateField(null=True)),
                ('agency_text', models.CharField(blank=True, max_length=250)),
                ('category_text', models.CharField(blank=True, max_length=150)),
                ('reporter_label', models.CharField(blank=True, max_length=150)),
                ('state', models.CharField(choices=[('received', 'Diterima'), ('on_hold', 'Menunggu pelapor'), ('verified', 'Terverifikasi'), ('assigned', 'Diteruskan ke instansi'), ('in_progress', 'Sedang ditangani'), ('answered', 'Dijawab'), ('objected', 'Keberatan diperiksa'), ('closed', 'Selesai'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut'), ('merged', 'Digabung')], max_length=12)),
                ('bucket', models.CharField(choices=[('belum', 'Belum'), ('proses', 'Proses'), ('selesai', 'Selesai')], max_length=7)),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'Disetujui pelapor'), ('silence', 'Selesai tanpa tanggapan pelapor'), ('objection_rejected', 'Keberatan tidak diterima'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut pelapor'), ('incomplete', 'Dianggap dicabut: tidak dilengkapi'), ('imported', 'Selesai menurut data terbuka')], max_length=20)),
                ('archive_reason', models.CharField(blank=True, max_length=30)),
                ('channel', models.CharField(max_length=12)),
                ('received_at', models.DateTimeField()),
                ('assigned_at', models.DateTimeField(null=True)),
                ('active_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('stars', models.PositiveSmallIntegerField(null=True)),
                ('support_count', models.PositiveIntegerField(default=0)),
                ('similar_count', models.PositiveIntegerField(default=0)),
                ('words', models.TextField(blank=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('words', config='simple'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('category', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.category')),
                ('holder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('region', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.region')),
            ],
            options={
                'verbose_name': 'salinan publik',
                'indexes': [models.Index(fields=['-received_at', '-code'], name='public_newest'), models.Index(fields=['-support_count', '-code'], name='public_supported'), models.Index(fields=['bucket', '-received_at', '-code'], name='public_bucket'), models.Index(fields=['state', '-received_at', '-code'], name='public_state'), models.Index(fields=['kind', '-received_at', '-code'], name='public_kind'), models.Index(fields=['category', '-received_at', '-code'], name='public_category'), models.Index(fields=['agency', '-received_at', '-code'], name='public_agency'), models.Index(fields=['province', '-received_at', '-code'], name='public_province'), models.Index(fields=['regency', '-received_at', '-code'], name='public_regency'), models.Index(fields=['district', '-received_at', '-code'], name='public_district'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='public_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'whistleblowing'), _negated=True), name='public_never_whistleblowing'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'archived'), _negated=True), models.Q(('text', ''), ('title', ''), ('words', '')), _connector='OR'), name='public_archived_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='PublicEvent',
            fields=[
                ('event_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('received', 'Laporan diterima'), ('imported', 'Diambil dari data terbuka'), ('proposed', 'Instansi diusulkan'), ('verified', 'Laporan diverifikasi'), ('corrected', 'Data laporan diperbaiki'), ('held', 'Menunggu keterangan pelapor'), ('resumed', 'Dilanjutkan'), ('passed', 'Diteruskan ke admin lain'), ('assigned', 'Diteruskan ke instansi'), ('contributor_added', 'Instansi pendukung ditambahkan'), ('contributed', 'Masukan instansi pendukung'), ('unit_assigned', 'Diteruskan ke unit'), ('reassigned', 'Petugas diganti'), ('started', 'Mulai ditangani'), ('drafted', 'Konsep jawaban ditulis'), ('draft_returned', 'Konsep jawaban dikembalikan'), ('followed_up', 'Perkembangan disampaikan'), ('extended', 'Tenggat diperpanjang'), ('handed_back', 'Dikembalikan oleh instansi'), ('handed_over', 'Surat pelimpahan dibuat'), ('hand_over_replied', 'Balasan pelimpahan dicatat'), ('answered', 'Dijawab'), ('agreed', 'Pelapor setuju'), ('rated', 'Pelapor memberi nilai'), ('objected', 'Pelapor keberatan'), ('objection_accepted', 'Keberatan diterima, dikembalikan untuk ditangani lagi'), ('objection_rejected', 'Keberatan tidak diterima'), ('replied', 'Pelapor membalas'), ('noted', 'Catatan internal'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut pelapor'), ('reopened', 'Dibuka kembali'), ('closed', 'Selesai'), ('merged', 'Digabung dengan laporan lain'), ('led', 'Laporan serupa digabungkan ke sini'), ('split', 'Dipecah menjadi dua laporan'), ('secrecy_raised', 'Kerahasiaan ditingkatkan'), ('secrecy_lowered', 'Kerahasiaan diturunkan pelapor'), ('warned', 'Tenggat hampir tiba'), ('overdue', 'Melewati tenggat'), ('escalated', 'Dinaikkan ke atasan'), ('reminded', 'Pelapor diingatkan'), ('due_changed', 'Tenggat dihitung ulang'), ('identity_asked', 'Identitas pelapor diminta'), ('identity_late', 'Permintaan identitas lewat tenggat'), ('identity_allowed', 'Permintaan identitas diizinkan dua penjaga identitas'), ('identity_refused', 'Permintaan identitas ditolak'), ('identity_lapsed', 'Permintaan identitas gugur'), ('identity_viewed', 'Identitas pelapor dibuka'), ('identity_told', 'Pelapor diberi tahu tentang permintaan identitasnya'), ('leak_allowed', 'Data pribadi dikirim dengan alasan'), ('file_quarantined', 'Virus ditemukan, berkas dikunci'), ('identity_corrected', 'Nama atau kontak diperbaiki pelapor'), ('identity_erased', 'Identitas pelapor dihapus'), ('files_erased', 'Berkas dihapus'), ('account_left', 'Dilepas dari akun pelapor'), ('oversight_moved', 'Pengawas laporan berganti'), ('named', 'Pihak yang disebut dicatat'), ('naming_removed', 'Catatan pihak yang disebut dihapus'), ('stepped_aside', 'Petugas mengundurkan diri dari laporan ini'), ('brought_back', 'Petugas dilibatkan kembali')], max_length=20)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=8)),
                ('state', models.CharField(choices=[('received', 'Diterima'), ('on_hold', 'Menunggu pelapor'), ('verified', 'Terverifikasi'), ('assigned', 'Diteruskan ke instansi'), ('in_progress', 'Sedang ditangani'), ('answered', 'Dijawab'), ('objected', 'Keberatan diperiksa'), ('closed', 'Selesai'), ('archived', 'Diarsipkan'), ('withdrawn', 'Dicabut'), ('merged', 'Digabung')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('done_by', models.CharField(blank=True, max_length=250)),
                ('done_on', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('to_agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='transparency.publicreport')),
            ],
            options={
                'verbose_name': 'peristiwa publik',
                'indexes': [models.Index(fields=['report', 'event_id'], name='public_timeline')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report_id', models.BigIntegerField()),
                ('supporter', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'dukungan',
                'constraints': [models.UniqueConstraint(fields=('report_id', 'supporter'), name='support_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('stem', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('spelling', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'kata',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('stem', 'gin_trgm_ops'), name='word_trgm')],
            },
        ),
        migrations.CreateModel(
            name='Held',
            fields=[
                ('report_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kinds', models.JSONField(default=list)),
                ('held_at', models.DateTimeField()),
                ('masks', models.JSONField(default=dict)),
                ('seen_as', models.CharField(blank=True, max_length=64)),
                ('decision', models.CharField(blank=True, choices=[('publish', 'terbitkan'), ('keep', 'jangan terbitkan')], max_length=7)),
                ('decided_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'salinan yang ditahan',
                'indexes': [models.Index(condition=models.Q(('decision', '')), fields=['-held_at'], name='held_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('by__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='held_decided_by_somebody')],
            },
        ),
    ]
