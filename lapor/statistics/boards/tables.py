"""The tables of a dashboard. Rows stand in the order of their names, codes or months: never by who is best."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapor.lib.durations import Range as DayRange
from lapor.lib.durations import median as median_of
from lapor.lib.durations import range_of
from lapor.lib.months import shifted
from lapor.lib.suppression import Row, coarsen, hide, is_small
from lapor.reports.models import Outcome

from ..measures import LIMITS, STEPS
from ..models import Facet
from ..sums import Sums
from .board import PARTS, Board, Divided
from .values import LEAST, Missing, Table, Value, count, median, share, shown, text

Link = Callable[[str, str], str]  # (name of the table, key of the row) → address

STEP_WORDS = {
    "received": gettext_lazy("Diterima"),
    "verified": gettext_lazy("Diverifikasi"),
    "assigned": gettext_lazy("Diteruskan ke instansi"),
    "answered": gettext_lazy("Dijawab"),
    "ended": gettext_lazy("Selesai"),
}
LIMIT_WORDS = {
    "verify": gettext_lazy("Verifikasi"),
    "respond": gettext_lazy("Tindak lanjut pertama"),
    "resolve": gettext_lazy("Jawaban"),
}
BUCKET_WORDS = {
    "belum": gettext_lazy("Belum ditangani"),
    "proses": gettext_lazy("Sedang diproses"),
    "selesai": gettext_lazy("Selesai"),
}


def reached(sums: Sums, step: str) -> int:
    return sums["selesai"] if step == "ended" else sums[step]


def buckets(board: Board) -> Table:
    """Belum, Proses, Selesai with their shares."""
    parts = board.whole.parts
    n = board.sums["received"]
    rows: list[tuple[Value, Value, Value]] = [
        (_("Semua laporan"), count(n), share(n, n) if n >= LEAST else Missing.FEW)
    ]
    for place, name in enumerate(PARTS):
        of_part = parts[place] if parts else None
        rows.append((
            str(BUCKET_WORDS[name]), shown(of_part), Missing.HIDDEN if of_part is None else share(of_part, n)
        ))  # fmt: skip
    keys = ("status", "reports", "percent")
    return Table("status", _("Keadaan laporan"), keys, (_("Keadaan"), _("Laporan"), _("Bagian")), rows)


def funnel(board: Board) -> Table:
    """How many ever came to each step."""
    sums, n = board.sums, board.sums["received"]
    rows: list[tuple[Value, Value, Value]] = [(str(STEP_WORDS["received"]), count(n), share(n, n))]
    for step in (*STEPS, "ended"):
        found = reached(sums, step)
        is_hidden = is_small(found) or is_small(n - found) or (step == "ended" and board.whole.parts is None)
        said: tuple[Value, Value] = (Missing.HIDDEN, Missing.HIDDEN) if is_hidden else (found, share(found, n))
        rows.append((str(STEP_WORDS[step]), *said))
    return Table(
        "langkah",
        _("Sampai ke langkah mana"),
        ("step", "reports", "percent_of_received"),
        (_("Langkah"), _("Laporan"), _("Bagian dari yang diterima")),
        rows,
        note=_(
            "Laporan yang pernah sampai ke langkah itu. Laporan yang diarsipkan atau dicabut selesai tanpa dijawab."
        ),
    )


def times(board: Board) -> Table:
    """In how many days half had come to each step, and how many had."""
    sums = board.sums
    rows = []
    for step in (*STEPS, "ended"):
        came, waits = reached(sums, step), sums.waiting(step)
        ended_before = sums["received"] - came - waits
        is_hidden = any(map(is_small, (came, waits, ended_before))) or (step == "ended" and board.whole.parts is None)
        counts: tuple[Value, Value] = (Missing.HIDDEN, Missing.HIDDEN) if is_hidden else (came, waits)
        rows.append((str(STEP_WORDS[step]), median(sums.median(step, least=LEAST), of=came + waits), *counts))
    return Table(
        "waktu",
        _("Waktu sampai ke setiap langkah"),
        ("step", "median_days", "reached", "still_waiting"),
        (_("Langkah"), _("Setengahnya dalam"), _("Sudah sampai"), _("Masih menunggu")),
        rows,
        note=_("Hari kalender sejak laporan diterima. Yang masih menunggu ikut dihitung sebagai lebih lama."),
    )


def spread(board: Board) -> Table:
    """How long the first answer took; neighbouring ranges joined until none is small."""
    rows = []
    for first, last, n in coarsen(board.sums.bins("answered")):
        rows.append((DayRange(range_of(first).first, range_of(last).last), n))
    return Table(
        "sebaran", _("Berapa lama sampai dijawab"), ("days", "reports"), (_("Dijawab dalam"), _("Laporan")), rows
    )


def months(board: Board) -> Table:
    """What came in and what ended, month by month."""
    rows = []
    for key, _name, sums, row in board.months.rows:
        rows.append((date.fromisoformat(key), shown(row.total), count(sums["ended_in_month"])))
    return Table(
        "bulan",
        _("Masuk dan selesai setiap bulan"),
        ("month", "received", "ended"),
        (_("Bulan"), _("Diterima"), _("Selesai pada bulan itu")),
        rows if len(rows) > 1 else [],
    )


def quality(board: Board) -> Table:
    """Lateness, hand-backs, objections, reopenings, what reporters thought and how reports ended."""
    sums, n = board.sums, board.sums["received"]
    rows: list[tuple[Value, Value, Value]] = []
    for step in LIMITS:
        ended, late = sums[f"{step}_ended"], sums[f"{step}_late"]
        rows.append((_("Terlambat: %(step)s") % {"step": LIMIT_WORDS[step]}, count(late), share(late, ended)))
    rows += [
        (_("Dikembalikan oleh instansi"), count(sums["with_hand_backs"]), share(sums["with_hand_backs"], n)),
        (_("Pelapor keberatan"), count(sums["with_objections"]), share(sums["with_objections"], sums["answered"])),
        (_("Dibuka kembali"), count(sums["with_reopenings"]), share(sums["with_reopenings"], n)),
        (_("Dinilai pelapor"), count(sums["rated"]), share(sums["rated"], sums["answered"])),
        (
            _("Penilai yang merasa masalahnya ditangani"),
            count(sums["dealt_with"]),
            share(sums["dealt_with"], sums["rated"]),
        ),
        (_("Nilai rata-rata (1–5)"), _stars(sums), ""),
    ]
    for outcome in Outcome:
        ended = sums[f"outcome_{outcome.value}"]
        if ended:
            words = _("Selesai: %(how)s") % {"how": outcome.label}
            rows.append((words, count(ended), share(ended, sums["selesai"])))
    return Table(
        "mutu",
        _("Ketepatan waktu dan mutu"),
        ("figure", "reports", "percent"),
        (_("Angka"), _("Laporan"), _("Bagian")),
        rows,
        note=_(
            "Terlambat: bagian dari tenggat yang sudah berakhir, menurut tenggat yang berlaku saat itu. Perubahan hari "
            "libur sesudahnya tidak mengubah yang sudah lewat. Keberatan dan penilaian: bagian dari yang dijawab."
        ),
    )


def _stars(sums: Sums) -> Value:
    return round(sums["stars"] / sums["rated"], 1) if sums["rated"] >= LEAST else Missing.FEW


def ages(board: Board) -> Table:
    """How old what is open now is."""
    this = board.today.replace(day=1)
    bounds = [(0, 0), (1, 2), (3, 5), (6, 11), (12, 10_000)]
    names = [
        _("bulan ini"),
        _("1–2 bulan lalu"),
        _("3–5 bulan lalu"),
        _("6–11 bulan lalu"),
        _("setahun lalu atau lebih"),
    ]
    found = [0] * len(bounds)
    for month, sums in board.ever.items():
        back = (this.year - month.year) * 12 + this.month - month.month
        place = next((place for place, (low, high) in enumerate(bounds) if low <= back <= high), 0)
        found[place] += sums.open
    rows_shown: list[Row] = hide([(n,) for n in found], [sum(found)], has_rest=False).rows
    rows = [(name, shown(row.total)) for name, row in zip(names, rows_shown, strict=True)]
    return Table(
        "usia",
        _("Usia laporan yang masih terbuka"),
        ("received", "open"),
        (_("Diterima"), _("Masih terbuka")),
        rows if sum(found) else [],
        note=_("Semua yang terbuka sekarang, kapan pun diterima."),
    )


def forecast(board: Board) -> str:
    """What becomes of the backlog if the last three months went on; "" where there is too little to say so."""
    open_now, (came, went) = board.open_now, board.flow
    if board.whole.parts is None or open_now < LEAST or came + went < LEAST:
        return ""
    since = shifted(board.today, -3)
    values = {"open": text(open_now), "since": date_format(since, "F Y")}
    if went <= came * 1.02:
        if went >= came * 0.98:
            words = _(
                "%(open)s laporan terbuka. Sejak %(since)s yang selesai kira-kira sebanyak yang masuk: antrean tetap."
            )
            return words % values
        more = text(round(came - went))
        words = _(
            "%(open)s laporan terbuka. Dengan laju sejak %(since)s antrean bertambah kira-kira %(more)s setiap bulan."
        )
        return words % {**values, "more": more}
    left = open_now / (went - came)
    words = _("%(open)s laporan terbuka. Dengan laju sejak %(since)s antrean habis dalam kira-kira %(months)s bulan.")
    return words % {**values, "months": text(max(1, round(left)))}


def places(board: Board, link: Link) -> Table:
    """The places below."""
    return _divided("wilayah", _("Menurut wilayah"), board.places, link)


def regencies(board: Board, link: Link) -> Table:
    """All regencies of the nation, as the tables of their provinces show them."""
    return _divided(
        "kabupaten",
        _("Menurut kabupaten dan kota"),
        board.regencies,
        link,
        note=_("Yang ditahan di sini sama dengan yang ditahan dalam tabel provinsinya."),
    )


def bodies(board: Board, link: Link) -> Table:
    """The bodies of this place."""
    return _divided("instansi", _("Menurut instansi"), board.bodies, link)


def kinds(board: Board, link: Link) -> Table:
    return _divided("jenis", _("Menurut jenis"), board.slices(Facet.KIND), link)


def channels(board: Board, link: Link) -> Table:
    return _divided("kanal", _("Menurut kanal"), board.slices(Facet.CHANNEL), link)


def categories(board: Board, link: Link) -> Table:
    return _divided("kategori", _("Menurut kategori"), board.slices(Facet.CATEGORY), link)


def _divided(name: str, title: str, divided: Divided, link: Link, *, note: str = "") -> Table:
    rows: list[tuple[Value, ...]] = []
    links = []
    for key, words, sums, row in divided.rows:
        parts: tuple[int | None, ...] = row.parts or (None, None, None)
        n = row.total or 0
        rows.append((
            words, shown(row.total), *map(shown, parts),
            Missing.HIDDEN if row.parts is None and n >= LEAST else share(sums["selesai"], n),
            Missing.HIDDEN if row.total is None else share(sums["resolve_late"], sums["resolve_ended"]),
            Missing.HIDDEN if row.total is None else _median(sums),
        ))  # fmt: skip
        links.append(link(name, key) if row.total else "")
    if rows and divided.rest:
        rest = divided.rest
        rows.append((_("Tidak dirinci"), count(rest), "", "", "", "", "", ""))
        links.append("")
    return Table(
        name,
        title,
        ("name", "received", *PARTS, "percent_done", "percent_late", "median_days_to_answer"),
        (
            _("Nama"), _("Diterima"), *(str(BUCKET_WORDS[part]) for part in PARTS), _("Bagian selesai"),
            _("Jawaban terlambat"), _("Setengahnya dijawab dalam"),
        ),
        rows,
        links,
        note=_("Tidak dirinci: laporan tanpa keterangan ini, yang rahasia atau tersegel, dan baris yang ditahan.")
        if divided.rest
        else note,
    )  # fmt: skip


def _median(sums: Sums) -> Value:
    n = sums["answered"] + sums["answered_waiting"]
    return median(median_of(sums.bins("answered"), waiting=sums["answered_waiting"]), of=n)


def every(board: Board, link: Link) -> list[Table]:
    """All tables that have rows, in the order of the page; none where nothing may be shown, or there is nothing."""
    if board.is_withheld or not (board.sums["received"] or board.open_now):
        return []
    made = [buckets(board), funnel(board), times(board), spread(board), quality(board), months(board)]
    if board.whole.parts is not None:  # what is open, taken from all, would give the parts away
        made.append(ages(board))
    made += [
        places(board, link),
        regencies(board, link),
        categories(board, link),
        kinds(board, link),
        channels(board, link),
        bodies(board, link),
    ]
    return [table for table in made if table.rows]
