"""The table of everything an officer may do to a case: which form it takes and which action it calls.

Whether it may be done is in `case.moves`, computed by `reports.access`; `shows` only hides what makes no sense here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.disclosure import asking
from lapor.reports import actions
from lapor.reports.lifecycle import Move

from .bulk import direct
from .forms import accusing, handling, identity, triage
from .forms.base import ActForm, PlainForm, SendForm
from .sitting import Sitting

Words = str | Promise


def _always(sitting: Sitting) -> bool:
    return True


def _draft_is_ready(sitting: Sitting) -> bool:
    return sitting.case.draft is not None and sitting.case.draft.is_ready


def _letter_waits(sitting: Sitting) -> bool:
    return any(letter.reply_id is None for letter in sitting.case.hand_overs)


def _answers_for_another(sitting: Sitting) -> bool:
    report = sitting.case.report
    return report.agency_id is not None and report.agency_id != report.responsible_id


def _is_not_given_to_a_unit(sitting: Sitting) -> bool:
    """Where the person is chosen together with the unit, choosing the person alone is one way too many."""
    return Move.ASSIGN_UNIT not in sitting.case.moves and sitting.case.report.holder_id in sitting.actor.agency_ids


def _keep_letter_reply(*, report_id: int, **given: Any) -> object:
    """The letter names its report; the form offers only letters of this case."""
    return actions.record_hand_over_reply(**given)


def _may_lead_many(sitting: Sitting) -> bool:
    report = sitting.case.report
    return report.leads_id is None and report.visibility == "public" and not report.is_shielded


def _hides_a_name(sitting: Sitting) -> bool:
    """No second request while one waits or shows."""
    if not sitting.case.report.is_anonymous or sitting.case.report.visibility == "sealed":
        return False
    asked = sitting.asked
    return asked is None or (asked.ended_at is not None and not asking.is_visible(asked, now=sitting.now))


@dataclass(frozen=True, kw_only=True)
class Act:
    """One row: the move that must be open, the words, the form, the action."""

    move: Move
    title: Words
    button: Words
    done: Words
    do: Callable[..., object]
    form: type[ActForm] = PlainForm
    hint: Words = ""
    shows: Callable[[Sitting], bool] = field(default=_always)
    is_grave: bool = False


ACTS: dict[str, Act] = {
    "verify": Act(
        move=Move.VERIFY,
        title=_("Verifikasi"),
        button=_("Verifikasi laporan"),
        done=_("Laporan diverifikasi. Sekarang teruskan ke instansi."),
        hint=_("Laporan jelas, ada tempat dan waktunya, dan menyangkut pelayanan publik."),
        form=triage.VerifyForm,
        do=actions.verify,
    ),
    "direct": Act(
        move=Move.VERIFY,
        title=_("Verifikasi dan teruskan"),
        button=_("Verifikasi dan teruskan"),
        done=_("Laporan diverifikasi dan diteruskan."),
        hint=_("Dua langkah sekaligus, bila laporannya jelas dan instansinya sudah pasti."),
        form=triage.DirectForm,
        do=direct,
        shows=lambda sitting: sitting.case.report.sealed_id is None and sitting.case.report.visibility != "sealed",
    ),
    "assign": Act(
        move=Move.ASSIGN,
        title=_("Teruskan ke instansi"),
        button=_("Teruskan"),
        done=_("Laporan diteruskan."),
        form=triage.AssignForm,
        do=actions.assign,
    ),
    "accept_objection": Act(
        move=Move.ACCEPT_OBJECTION,
        title=_("Terima keberatan"),
        button=_("Terima dan kembalikan"),
        done=_("Keberatan diterima. Laporan kembali untuk ditangani lagi."),
        hint=_("Laporan kembali ke instansi untuk jawaban yang lebih baik, dengan tenggat baru."),
        form=triage.DecisionForm,
        do=actions.accept_objection,
    ),
    "reject_objection": Act(
        move=Move.REJECT_OBJECTION,
        title=_("Tolak keberatan"),
        button=_("Tolak dan akhiri laporan"),
        done=_("Keberatan tidak diterima. Laporan berakhir."),
        hint=_("Laporan berakhir. Pelapor membaca pertimbangan Anda."),
        form=triage.DecisionForm,
        do=actions.reject_objection,
        is_grave=True,
    ),
    "decide_lateness": Act(
        move=Move.DECIDE_LATENESS,
        title=_("Putuskan atas keterlambatan"),
        button=_("Simpan keputusan"),
        done=_("Keputusan dicatat. Masyarakat membaca jabatan dan tanggalnya, bukan nama Anda."),
        hint=_("Laporan ini terlambat dan sudah naik kepada Anda."),
        form=handling.LatenessForm,
        do=actions.decide_lateness,
    ),
    "send_back": Act(
        move=Move.SEND_BACK,
        title=_("Kembalikan jawaban untuk diperbaiki"),
        button=_("Kembalikan kepada instansi"),
        done=_("Jawaban dikembalikan. Instansi menjawab lagi, dengan tenggat baru, dan pelapor diberi tahu."),
        hint=_("Untuk jawaban yang lemah. Tulis dengan ramah apa yang kurang: pelapor dan publik membacanya juga."),
        form=triage.DecisionForm,
        do=actions.send_back,
        shows=lambda sitting: sitting.case.report.outcome != "agreed",
    ),
    "recommend": Act(
        move=Move.RECOMMEND,
        title=_("Beri rekomendasi"),
        button=_("Kirim rekomendasi"),
        done=_("Rekomendasi dikirim. Jawaban instansi ditunggu sampai tanggal yang tertulis di riwayat."),
        hint=_(
            "Pelapor membacanya, dan bila laporannya terbuka, siapa saja. Anda tidak mengubah apa pun pada laporan "
            "ini; instansi menjawab rekomendasi Anda secara terbuka."
        ),
        form=handling.AdviceForm,
        do=actions.recommend,
    ),
    "answer_advice": Act(
        move=Move.ANSWER_ADVICE,
        title=_("Jawab rekomendasi lembaga pengawas"),
        button=_("Kirim jawaban"),
        done=_("Jawaban atas rekomendasi dikirim dan tampil bersama rekomendasinya."),
        hint=_("Tulis apa yang sudah dan akan dikerjakan, oleh siapa, kapan. Jawaban dibaca publik."),
        form=handling.AdviceForm,
        do=actions.answer_advice,
    ),
    "send_answer": Act(
        move=Move.SEND_ANSWER,
        title=_("Setujui dan kirim jawaban"),
        button=_("Kirim jawaban kepada pelapor"),
        done=_("Jawaban terkirim. Pelapor punya waktu untuk menyetujui atau menyatakan keberatan."),
        form=SendForm,
        do=actions.send_answer,
        shows=_draft_is_ready,
    ),
    "return_draft": Act(
        move=Move.RETURN_DRAFT,
        title=_("Kembalikan konsep"),
        button=_("Kembalikan kepada penulis"),
        done=_("Konsep dikembalikan dengan catatan Anda."),
        form=handling.RemarkForm,
        do=actions.return_draft,
        shows=_draft_is_ready,
    ),
    "start": Act(
        move=Move.START,
        title=_("Mulai menangani"),
        button=_("Saya tangani"),
        done=_("Laporan ini sekarang Anda tangani."),
        hint=_("Rekan Anda melihat bahwa laporan ini sudah ada yang menangani."),
        do=actions.start,
    ),
    "assign_unit": Act(
        move=Move.ASSIGN_UNIT,
        title=_("Tugaskan unit dan petugas"),
        button=_("Tugaskan"),
        done=_("Penugasan disimpan."),
        form=handling.UnitForm,
        do=actions.assign_unit,
    ),
    "reassign": Act(
        move=Move.REASSIGN,
        title=_("Tunjuk petugas"),
        button=_("Simpan petugas"),
        done=_("Petugas ditunjuk."),
        hint=_("Petugas yang ditunjuk menemukan laporan ini di “Yang saya tangani”."),
        form=handling.ReassignForm,
        do=actions.reassign,
        shows=_is_not_given_to_a_unit,
    ),
    "draft": Act(
        move=Move.DRAFT,
        title=_("Tulis jawaban"),
        button=_("Simpan konsep"),
        done=_("Konsep jawaban disimpan."),
        hint=_("Jawaban ditulis satu orang dan dikirim orang lain."),
        form=handling.DraftForm,
        do=actions.draft,
    ),
    "follow_up": Act(
        move=Move.FOLLOW_UP,
        title=_("Kabari perkembangan"),
        button=_("Kirim kabar kepada pelapor"),
        done=_("Perkembangan disampaikan kepada pelapor."),
        form=handling.FollowUpForm,
        do=actions.follow_up,
    ),
    "hold": Act(
        move=Move.HOLD,
        title=_("Tanya pelapor"),
        button=_("Kirim pertanyaan"),
        done=_("Pertanyaan terkirim. Tenggat berhenti sampai pelapor menjawab."),
        hint=_("Tenggat berhenti sampai pelapor menjawab."),
        form=triage.HoldForm,
        do=actions.hold,
    ),
    "contribute": Act(
        move=Move.CONTRIBUTE,
        title=_("Beri masukan"),
        button=_("Kirim masukan"),
        done=_("Masukan terkirim kepada instansi yang menjawab."),
        form=handling.ContributeForm,
        do=actions.contribute,
        shows=lambda sitting: not sitting.leads,
    ),
    "hand_over": Act(
        move=Move.HAND_OVER,
        title=_("Buat surat pelimpahan"),
        button=_("Buat surat"),
        done=_("Surat pelimpahan dibuat. Unduh, tanda tangani, lalu kirimkan."),
        hint=_("Instansi ini belum terhubung. Surat membawa laporan kepadanya; Anda tetap yang menjawab pelapor."),
        do=actions.hand_over,
        shows=_answers_for_another,
    ),
    "letter_reply": Act(
        move=Move.HAND_OVER,
        title=_("Catat balasan surat"),
        button=_("Simpan balasan"),
        done=_("Balasan dicatat."),
        form=handling.LetterReplyForm,
        do=_keep_letter_reply,
        shows=_letter_waits,
    ),
    "extend": Act(
        move=Move.EXTEND,
        title=_("Perpanjang tenggat"),
        button=_("Perpanjang"),
        done=_("Tenggat diperpanjang dan pelapor diberi tahu."),
        form=handling.ExtendForm,
        do=actions.extend,
        shows=lambda sitting: not sitting.case.report.is_extended,
    ),
    "add_contributor": Act(
        move=Move.ADD_CONTRIBUTOR,
        title=_("Tambah instansi pendukung"),
        button=_("Tambahkan"),
        done=_("Instansi pendukung ditambahkan."),
        form=triage.ContributorForm,
        do=actions.add_contributor,
    ),
    "correct": Act(
        move=Move.CORRECT,
        title=_("Perbaiki data laporan"),
        button=_("Simpan perbaikan"),
        done=_("Data laporan diperbaiki."),
        hint=_("Mengubah jenis, wilayah, atau kadar pengawasan menghitung ulang tenggat."),
        form=triage.CorrectForm,
        do=actions.correct,
    ),
    "merge": Act(
        move=Move.MERGE,
        title=_("Gabungkan dengan laporan lain"),
        button=_("Gabungkan"),
        done=_("Laporan digabungkan."),
        form=triage.MergeForm,
        do=actions.merge,
    ),
    "open_mass": Act(
        move=Move.DECIDE_MASS,
        title=_("Jadikan laporan massal"),
        button=_("Simpan sebagai laporan massal"),
        done=_("Laporan ini sekarang memimpin laporan massal."),
        hint=_("Banyak orang, satu hal, satu jawaban. Setiap pelapor tetap punya utas dan hak keberatan sendiri."),
        form=triage.MassForm,
        do=actions.open_mass,
        shows=_may_lead_many,
    ),
    "decline_mass": Act(
        move=Move.DECIDE_MASS,
        title=_("Bukan laporan massal"),
        button=_("Jangan jadikan laporan massal"),
        done=_("Tidak dijadikan laporan massal dan tidak ditawarkan lagi."),
        hint=_("Laporan-laporan itu tetap ditangani satu per satu."),
        do=actions.decline_mass,
        shows=lambda sitting: sitting.case.mass is not None and sitting.case.mass.stage == "offered",
    ),
    "split": Act(
        move=Move.SPLIT,
        title=_("Pecah menjadi dua laporan"),
        button=_("Buat laporan kedua"),
        done=_("Laporan kedua dibuat."),
        form=triage.SplitForm,
        do=actions.split,
    ),
    "note": Act(
        move=Move.NOTE,
        title=_("Tulis catatan internal"),
        button=_("Simpan catatan"),
        done=_("Catatan disimpan."),
        form=handling.NoteForm,
        do=actions.note,
    ),
    "pass_on": Act(
        move=Move.PASS_ON,
        title=_("Bukan wewenang kami"),
        button=_("Teruskan ke admin lain"),
        done=_("Laporan diteruskan ke admin yang berwenang."),
        hint=_("Laporan tidak ditutup: admin yang berwenang melanjutkannya."),
        form=triage.PassOnForm,
        do=actions.pass_on,
    ),
    "hand_back": Act(
        move=Move.HAND_BACK,
        title=_("Kembalikan ke admin"),
        button=_("Kembalikan laporan"),
        done=_("Laporan dikembalikan kepada admin."),
        form=handling.HandBackForm,
        do=actions.hand_back,
    ),
    "archive": Act(
        move=Move.ARCHIVE,
        title=_("Arsipkan"),
        button=_("Arsipkan laporan"),
        done=_("Laporan diarsipkan dan pelapor diberi tahu."),
        form=triage.ArchiveForm,
        do=actions.archive,
        is_grave=True,
    ),
    "accuse": Act(
        move=Move.ACCUSE,
        title=_("Catat pihak yang disebut"),
        button=_("Simpan"),
        done=_("Pihak yang disebut dicatat. Mereka tidak melihat laporan ini lagi."),
        hint=_(
            "Disebut dalam laporan belum berarti bersalah. Sejak disimpan, yang disebut, unitnya, dan atasan "
            "langsungnya tidak melihat laporan ini, dan laporan tidak tampil untuk publik. Yang sudah mereka baca "
            "tidak dapat ditarik."
        ),
        form=accusing.AccuseForm,
        do=actions.accuse,
    ),
    "withdraw_naming": Act(
        move=Move.WITHDRAW_NAMING,
        title=_("Hapus catatan pihak yang disebut"),
        button=_("Hapus catatan"),
        done=_("Catatan dihapus. Pihak itu dapat melihat laporan lagi bila termasuk tugasnya."),
        form=accusing.WithdrawNamingForm,
        do=actions.withdraw_naming,
        shows=lambda sitting: bool(sitting.case.named),
        is_grave=True,
    ),
    "step_aside": Act(
        move=Move.STEP_ASIDE,
        title=_("Saya punya kepentingan: mundur dari laporan ini"),
        button=_("Mundur dari laporan ini"),
        done=_("Anda tidak lagi menangani laporan ini."),
        hint=_(
            "Laporan langsung hilang dari daftar Anda dan ditangani orang lain. Hanya orang lain yang dapat "
            "membatalkannya."
        ),
        form=accusing.StepAsideForm,
        do=actions.step_aside,
        is_grave=True,
    ),
    "bring_back": Act(
        move=Move.BRING_BACK,
        title=_("Libatkan kembali petugas yang mundur"),
        button=_("Libatkan kembali"),
        done=_("Petugas itu dapat melihat laporan ini lagi."),
        form=accusing.BringBackForm,
        do=actions.bring_back,
        shows=lambda sitting: bool(sitting.case.stepped_aside),
    ),
    "raise_secrecy": Act(
        move=Move.RAISE_SECRECY,
        title=_("Jadikan rahasia"),
        button=_("Jadikan rahasia"),
        done=_("Laporan sekarang rahasia."),
        hint=_("Laporan hilang dari halaman publik. Hanya pelapor yang dapat membukanya lagi."),
        do=actions.raise_secrecy,
        shows=lambda sitting: sitting.case.report.visibility == "public",
    ),
    "ask_identity": Act(
        move=Move.ASK_IDENTITY,
        title=_("Minta identitas pelapor"),
        button=_("Kirim permintaan"),
        done=_("Permintaan dikirim kepada penjaga identitas."),
        hint=_(
            "Pelapor memilih anonim. Dua penjaga identitas dari instansi lain memutuskan. Bila keduanya mengizinkan, "
            "hanya Anda yang dapat melihatnya, selama 24 jam, dan pelapor diberi tahu instansi mana yang meminta "
            "serta dasarnya."
        ),
        form=identity.AskIdentityForm,
        do=asking.ask,
        shows=_hides_a_name,
        is_grave=True,
    ),
    "seal": Act(
        move=Move.SEAL,
        title=_("Segel laporan"),
        button=_("Segel dan serahkan kepada pemeriksa"),
        done=_("Laporan tersegel dan sekarang di tangan pemeriksa laporan rahasia."),
        hint=_(
            "Untuk laporan yang pelapornya dalam bahaya. Isi, berkas, dan identitas disandi: sesudah ini hanya "
            "pemeriksa yang ditunjuk dapat membacanya, Anda tidak lagi. Tidak dapat dibatalkan."
        ),
        do=actions.seal,
        is_grave=True,
    ),
}

# What a case asks for first, by state: these stand open on top.
FIRST: dict[str, tuple[str, ...]] = {
    "received": ("verify",),
    "verified": ("assign",),
    "assigned": ("start", "assign_unit"),
    "in_progress": ("send_answer", "return_draft", "draft"),
    "objected": ("accept_objection", "reject_objection"),
}


def offered(sitting: Sitting) -> list[str]:
    """The names of what this officer may do now, what the case asks for first on top."""
    possible = [name for name, act in ACTS.items() if act.move in sitting.case.moves and act.shows(sitting)]
    first = ("decide_lateness", *FIRST.get(sitting.case.report.state, ()))
    return [name for name in first if name in possible] + [name for name in possible if name not in first]


def opens(state: str, names: list[str]) -> set[str]:
    """Which of the offered acts stand open: the first one, and both decisions on an objection."""
    first = [name for name in ("decide_lateness", *FIRST.get(state, ())) if name in names]
    return set(first if state == "objected" else first[:1])
