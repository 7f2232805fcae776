"""The exercises, one table: for which role, how the report stands when it begins, and what must have been done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Role
from lapor.reports.models import EventKind

ACT = "act:"


class Start(StrEnum):
    """How the report of an exercise stands when it begins."""

    NONE = "none"  # the trainee makes it
    FILED = "filed"
    THIN = "thin"  # filed, with words that say neither where nor when
    ASSIGNED = "assigned"
    WITH_UNIT = "with_unit"
    DRAFTED = "drafted"
    WEAK_DRAFT = "weak_draft"
    OBJECTED = "objected"
    SEALED = "sealed"  # filed so that investigators with a key alone can read it
    ASKED = "asked"  # answered by nobody yet; an officer asked who the anonymous reporter is
    ASKED_ONCE_ALLOWED = "asked_once"  # the same, and another custodian has consented
    ASKED_WEAKLY = "asked_weakly"  # asked without a reason that would do


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One thing to do. It is done when the trainee has done one of these to the report: events of its history, or acts
    of the audit trail (`ACT` before their name), where history does not say who.
    """

    says: Promise
    done_by: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """`why` is the rule of the trade that is practised, in a sentence or two."""

    slug: str
    roles: frozenset[str]
    title: Promise
    why: Promise
    start: Start
    goals: tuple[Goal, ...]


def _goal(says: Promise, *kinds: EventKind) -> Goal:
    return Goal(says=says, done_by=frozenset(kinds))


def _act(says: Promise, *acts: str) -> Goal:
    return Goal(says=says, done_by=frozenset(ACT + act for act in acts))


_ADMINS = frozenset({Role.ADMIN, Role.NATIONAL})
_ANSWERING = frozenset({Role.LIAISON, Role.PPID})
_INVESTIGATORS = frozenset({Role.INVESTIGATOR})
_CUSTODIANS = frozenset({Role.CUSTODIAN})
_OVERSEERS = frozenset({Role.OVERSEER})
EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        slug="verifikasi",
        roles=_ADMINS,
        title=_("Memeriksa dan meneruskan laporan"),
        why=_(
            "Laporan baru diperiksa paling lama 3 hari kerja, lalu diteruskan ke instansi yang berwenang. Baca isinya, "
            "periksa kategori dan lokasinya, dan bandingkan usulan instansi dengan alasannya."
        ),
        start=Start.FILED,
        goals=(
            _goal(_("Verifikasi laporan"), EventKind.VERIFIED),
            _goal(_("Teruskan ke instansi yang berwenang"), EventKind.ASSIGNED),
        ),
    ),
    Exercise(
        slug="kurang-lengkap",
        roles=_ADMINS,
        title=_("Meminta keterangan yang kurang"),
        why=_(
            "Laporan yang tidak menyebut tempat dan waktu tidak dapat ditangani. Tanyakan hanya yang kurang, dengan "
            "kalimat yang mudah dijawab; tenggat berhenti sampai pelapor membalas."
        ),
        start=Start.THIN,
        goals=(_goal(_("Tanyakan di mana dan kapan kejadiannya"), EventKind.HELD),),
    ),
    Exercise(
        slug="keberatan",
        roles=_ADMINS,
        title=_("Memutus keberatan pelapor"),
        why=_(
            "Keberatan diputus oleh pengawas, bukan oleh instansi yang menjawab. Bandingkan jawaban dengan isi "
            "laporan, lalu terima atau tolak dengan penjelasan yang dapat dipahami pelapor."
        ),
        start=Start.OBJECTED,
        goals=(
            _goal(
                _("Terima atau tolak keberatan dengan penjelasan"),
                EventKind.OBJECTION_ACCEPTED,
                EventKind.OBJECTION_REJECTED,
            ),
        ),
    ),
    Exercise(
        slug="mulai-menangani",
        roles=_ANSWERING,
        title=_("Mulai menangani laporan"),
        why=_(
            "Dalam 5 hari kerja pelapor harus tahu bahwa laporannya ditangani dan apa langkah berikutnya. Perkembangan "
            "yang singkat dan nyata lebih berguna daripada janji."
        ),
        start=Start.ASSIGNED,
        goals=(_goal(_("Sampaikan perkembangan kepada pelapor"), EventKind.FOLLOWED_UP),),
    ),
    Exercise(
        slug="jawaban",
        roles=_ANSWERING,
        title=_("Menyetujui dan mengirim jawaban"),
        why=_(
            "Jawaban yang baik menjawab pokok laporan, menyebut apa yang sudah dilakukan, oleh siapa dan kapan. Yang "
            "mengirim bukan yang menulis."
        ),
        start=Start.DRAFTED,
        goals=(_goal(_("Baca konsep, lalu kirim jawabannya"), EventKind.ANSWERED),),
    ),
    Exercise(
        slug="konsep-lemah",
        roles=_ANSWERING,
        title=_("Mengembalikan konsep yang belum menjawab"),
        why=_(
            "“Terima kasih atas laporannya, akan kami tindak lanjuti” bukan jawaban. Kembalikan kepada penulisnya, "
            "dan tulis apa yang masih kurang."
        ),
        start=Start.WEAK_DRAFT,
        goals=(_goal(_("Kembalikan konsep dengan catatan"), EventKind.DRAFT_RETURNED),),
    ),
    Exercise(
        slug="konsep",
        roles=frozenset({Role.OPERATOR}),
        title=_("Menulis konsep jawaban"),
        why=_(
            "Tulis untuk pelapor, bukan untuk atasan: apa yang ditemukan, apa yang dikerjakan, oleh siapa, kapan, dan "
            "apa yang dapat dilakukan pelapor bila masih terganggu."
        ),
        start=Start.WITH_UNIT,
        goals=(
            _goal(_("Catat atau sampaikan perkembangan"), EventKind.FOLLOWED_UP, EventKind.NOTED, EventKind.STARTED),
            _goal(_("Tulis konsep jawaban dan ajukan"), EventKind.DRAFTED),
        ),
    ),
    Exercise(
        slug="loket",
        roles=frozenset({Role.COUNTER}),
        title=_("Mencatat laporan seorang tamu di loket"),
        why=_(
            "Catat dengan kata-kata pelapor, bacakan kembali, tanyakan persetujuannya, lalu cetak tanda terima. PIN "
            "hanya ada di kertas itu; petugas tidak dapat membukanya lagi."
        ),
        start=Start.NONE,
        goals=(_goal(_("Simpan satu laporan lewat loket"), EventKind.RECEIVED),),
    ),
    Exercise(
        slug="tersegel-periksa",
        roles=_INVESTIGATORS,
        title=_("Membuka dan memeriksa laporan tersegel"),
        why=_(
            "Isi laporan tersegel hanya terbuka dengan kunci Anda, dan setiap kali dibuka tercatat. Jangan menyalinnya "
            "ke mana pun. Verifikasi bila isinya dapat diperiksa."
        ),
        start=Start.SEALED,
        goals=(
            _act(_("Buka kunci Anda, lalu baca laporannya"), "report.opened"),
            _goal(_("Verifikasi laporan"), EventKind.VERIFIED),
        ),
    ),
    Exercise(
        slug="tersegel-tanya",
        roles=_INVESTIGATORS,
        title=_("Bertanya kepada pelapor tanpa membuka siapa dia"),
        why=_(
            "Pelapor membaca pertanyaan Anda dengan tanda terimanya; pemberitahuannya tidak menyebut apa pun. Tanyakan "
            "apa yang perlu diperiksa, bukan siapa pelapornya atau hal yang hanya diketahui satu orang."
        ),
        start=Start.SEALED,
        goals=(_goal(_("Tanyakan satu hal yang masih kurang"), EventKind.HELD),),
    ),
    Exercise(
        slug="identitas-pertama",
        roles=_CUSTODIANS,
        title=_("Menimbang permintaan identitas"),
        why=_(
            "Identitas pelapor anonim hanya dibuka atas dasar hukum, dengan izin dua penjaga identitas. Cocokkan dasar "
            "hukum dan nomor suratnya dengan alasannya, lalu tulis pertimbangan Anda. Satu izin belum membuka apa pun."
        ),
        start=Start.ASKED,
        goals=(_act(_("Baca permintaannya, lalu beri izin dengan alasan"), "identity.consented"),),
    ),
    Exercise(
        slug="identitas-kedua",
        roles=_CUSTODIANS,
        title=_("Memberi izin kedua"),
        why=_(
            "Penjaga lain sudah mengizinkan. Nilai sendiri: izin kedua membuka identitas selama 24 jam bagi yang "
            "meminta, dan pelapor diberi tahu. Pertimbangan rekan Anda tidak menggantikan pertimbangan Anda."
        ),
        start=Start.ASKED_ONCE_ALLOWED,
        goals=(_act(_("Nilai sendiri, lalu beri izin kedua dengan alasan"), "identity.consented"),),
    ),
    Exercise(
        slug="identitas-tolak",
        roles=_CUSTODIANS,
        title=_("Menolak permintaan yang tidak beralasan"),
        why=_(
            "Ingin menyelesaikan masalah langsung dengan pelapor bukan dasar hukum. Satu penolakan mengakhiri "
            "permintaan; alasannya dibaca oleh yang meminta."
        ),
        start=Start.ASKED_WEAKLY,
        goals=(_act(_("Tolak dengan alasan"), "identity.refused"),),
    ),
    Exercise(
        slug="rekomendasi",
        roles=_OVERSEERS,
        title=_("Membaca perkara dan memberi rekomendasi"),
        why=_(
            "Anda membaca laporan dalam lingkup lembaga Anda dan tidak mengubahnya. Rekomendasi dibaca publik: tulis "
            "apa yang harus dilakukan, oleh siapa, dan sampai kapan. Instansi wajib menjawab pada waktunya; bila "
            "terlambat, keterlambatannya tercatat dan naik."
        ),
        start=Start.ASSIGNED,
        goals=(
            _act(_("Baca perkaranya"), "report.opened"),
            _goal(_("Beri rekomendasi"), EventKind.RECOMMENDED),
        ),
    ),
    Exercise(
        slug="berkas-perkara",
        roles=_OVERSEERS,
        title=_("Menerima berkas perkara yang bertanda tangan"),
        why=_(
            "Berkas perkara adalah ZIP yang isinya ditandatangani, sehingga siapa pun dapat memeriksa bahwa tidak ada "
            "yang diubah. Identitas pelapor tidak ada di dalamnya. Tujuannya dicatat; jangan menulis data pribadi."
        ),
        start=Start.ASSIGNED,
        goals=(_goal(_("Unduh berkas perkara dan sebutkan untuk apa"), EventKind.FILE_TAKEN),),
    ),
)
BY_SLUG: Mapping[str, Exercise] = {one.slug: one for one in EXERCISES}


def of_role(role: str) -> list[Exercise]:
    """What somebody in this role practises; nothing for roles without exercises yet."""
    return [one for one in EXERCISES if role in one.roles]
