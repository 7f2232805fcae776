"""Piles of scanned letters: read by a real Tesseract where there is one, of use without, and never in the clear on disk."""

from __future__ import annotations

import io
import zlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from django.conf import LazySettings
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from lapor.channels.letters import pile, reading, sheets
from lapor.channels.letters.models import Letter, Sheet
from lapor.desk.counter.blank_sheets import draw_blanks
from lapor.lib import pdfs, pictures
from lapor.lib.codes import is_code, new_sheet_code, parse_sheet_code, show_code
from lapor.lib.files import Refused
from lapor.reports import own
from lapor.reports.access import NotFound
from lapor.reports.actors import Officer
from lapor.worker.jobs import JOBS
from tests.cast import MONDAY, Stage
from tests.samples import changed_pdf, pdf

WRITTEN = (
    "Kepada Yth. Kepala Dinas Pekerjaan Umum.",
    "Lampu jalan di depan sekolah padam sejak bulan lalu.",
    "Anak-anak pulang dalam gelap. Mohon diperbaiki.",
)


needs_tesseract = pytest.mark.skipif(
    not pictures.has_reader(), reason="no Tesseract here; to run it: apt-get install tesseract-ocr tesseract-ocr-ind"
)


@pytest.fixture
def helper(stage: Stage, settings: LazySettings, tmp_path: Path) -> Officer:
    settings.MEDIA_ROOT = tmp_path
    return stage.officer("liaison")


def a_scan(*lines: str) -> io.BytesIO:
    """A letter as a scanner gives it: a picture of words."""
    sheet = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(sheet)
    for row, words in enumerate(lines or WRITTEN):
        pen.text((90, 120 + 60 * row), words, font=ImageFont.load_default(size=34), fill=0)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out


def scanned_pdf(pages: int) -> io.BytesIO:
    """A pile of pages from a scanner with a feeder: pictures, no text layer."""
    paper = FPDF(format="A4")
    picture = Image.open(a_scan())
    for _number in range(pages):
        paper.add_page()
        paper.image(picture, x=0, y=0, w=210)
    return io.BytesIO(bytes(paper.output()))


def written_pdf(*lines: str) -> io.BytesIO:
    paper = FPDF(format="A4")
    paper.add_page()
    paper.set_font("Helvetica", "", 12)
    for words in lines or WRITTEN:
        paper.multi_cell(0, 7, words, new_x="LMARGIN", new_y="NEXT")
    return io.BytesIO(bytes(paper.output()))


def without_strip(page: bytes) -> io.BytesIO:
    """A sheet after the visitor took the strip, as it comes out of a scanner: not quite straight."""
    picture = Image.open(io.BytesIO(page)).convert("L")
    form = picture.crop((0, 0, picture.width, picture.height * 4 // 5)).rotate(0.8, fillcolor=255)
    out = io.BytesIO()
    form.save(out, "JPEG", quality=75)
    return out


def put(upload: io.BytesIO, helper: Officer, name: str = "pindaian.pdf") -> Letter:
    return pile.add(upload, name=name, actor=helper, now=MONDAY)


def read_all() -> None:
    while reading.read_next(now=MONDAY):
        pass


@needs_tesseract
def test_the_words_of_a_scan_are_read(helper: Officer) -> None:
    letter = put(a_scan(), helper, "surat.png")
    read_all()
    letter.refresh_from_db()
    assert letter.state == "read" and not letter.trouble
    for words in ("Lampu jalan di depan sekolah", "Mohon diperbaiki"):
        assert words in pile.text_of(letter)


@needs_tesseract
def test_the_words_of_scanned_pages_are_read_in_their_order(helper: Officer) -> None:
    letter = put(scanned_pdf(2), helper)
    read_all()
    letter.refresh_from_db()
    assert (letter.pages, letter.pages_read) == (2, 2)
    assert pile.text_of(letter).count("Lampu jalan") == 2


def test_a_pdf_with_words_of_its_own_needs_no_reader(helper: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_tesseract", lambda: None)
    letter = put(written_pdf(), helper)
    read_all()
    letter.refresh_from_db()
    assert letter.state == "read" and not letter.trouble and "Lampu jalan" in pile.text_of(letter)


def test_without_a_reader_the_pile_works_without_words_and_says_so(
    helper: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_tesseract", lambda: None)
    letter = put(a_scan(), helper, "surat.png")
    read_all()
    letter.refresh_from_db()
    assert (letter.state, letter.trouble, pile.text_of(letter)) == ("read", "no_reader", "")
    assert pile.page_of(letter, 1)[0]


def test_the_worker_reads_what_lies_on_the_piles(helper: Officer) -> None:
    letter = put(written_pdf(), helper)
    job = next(one for one in JOBS if one.name == "scanned letters")
    assert (job.run(MONDAY), job.run(MONDAY)) == (1, 0)
    assert "Lampu jalan" in pile.text_of(pile.find(helper, letter.key))


def test_a_letter_that_a_worker_left_in_the_middle_is_read_by_the_next(
    helper: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_pdf: bytes) -> str:
        raise KeyboardInterrupt

    letter = put(written_pdf(), helper)
    with monkeypatch.context() as broken:
        broken.setattr(pdfs, "text", dies)
        with pytest.raises(KeyboardInterrupt):
            reading.read_next(now=MONDAY)
    assert reading.read_next(now=MONDAY) == 0
    assert reading.read_next(now=MONDAY + timedelta(minutes=4)) == 1
    assert "Lampu jalan" in pile.text_of(pile.find(helper, letter.key))


def test_of_a_hundred_pages_the_first_are_read_and_the_letter_says_so(
    helper: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def words_on(picture: bytes) -> str:
        read.append(picture)
        return f"halaman {len(read)}"

    monkeypatch.setattr(pictures, "words_on", words_on)
    monkeypatch.setattr(pictures, "digits_on", lambda picture: "")
    letter = put(scanned_pdf(100), helper)
    read_all()
    letter.refresh_from_db()
    assert (letter.pages, letter.pages_read, letter.trouble) == (100, reading.MOST_PAGES, "more_pages")
    assert len(read) == reading.MOST_PAGES and pile.text_of(letter).endswith("halaman 10")
    assert list(pile.page_numbers(letter)) == list(range(1, 11))


def test_a_page_that_takes_too_long_is_left_out_and_the_next_is_read(
    helper: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[bytes] = []

    def slow(picture: bytes) -> str:
        pages.append(picture)
        if len(pages) == 1:
            raise pictures.TooSlow
        return "halaman dua"

    monkeypatch.setattr(pictures, "words_on", slow)
    letter = put(scanned_pdf(2), helper)
    read_all()
    letter.refresh_from_db()
    assert (letter.state, letter.trouble, pile.text_of(letter)) == ("read", "slow", "halaman dua")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\nnothing more", "broken"),
        (pdf()[:120], "broken"),
        (b"PK\x03\x04 an archive", "unknown"),
        (b"MZ a program", "unknown"),
        (b"\x00\x00\x00\x18ftypmp42", "broken"),
        (b"%PDF-" + bytes(11 * 1024 * 1024), "too_large"),
    ],
    ids=["empty", "no pdf", "cut off", "archive", "program", "film", "too large"],
)
def test_what_is_no_scan_is_refused_with_its_reason(helper: Officer, data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        put(io.BytesIO(data), helper)
    assert refused.value.reason == why and not Letter.objects.exists()


def a_bomb(paper: pikepdf.Pdf) -> None:
    """A file that unpacks to far more than it weighs."""
    blank = zlib.compress(bytes(32 * 1024 * 1024), 9)
    for number in range(11):
        stream = paper.make_stream(b"")
        stream.write(blank, filter=pikepdf.Name.FlateDecode)
        paper.pages[0].obj[f"/B{number}"] = stream


def test_a_bomb_is_refused_before_it_is_unpacked(helper: Officer) -> None:
    bomb = changed_pdf(a_bomb, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    with pytest.raises(Refused) as refused:
        put(io.BytesIO(bomb), helper)
    assert refused.value.reason == "bomb" and not Letter.objects.exists()


def test_no_scan_and_no_word_of_it_lies_in_the_clear(helper: Officer, tmp_path: Path) -> None:
    letter = put(written_pdf(), helper)
    read_all()
    letter.refresh_from_db()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 1 and b"%PDF" not in kept[0]
    assert letter.box is not None and b"Lampu" not in bytes(letter.box)
    assert pile.scan_of(letter).startswith(b"%PDF")


def test_what_was_entered_is_destroyed_and_twice_is_once(helper: Officer, tmp_path: Path) -> None:
    letter = put(written_pdf(), helper)
    for _time in range(2):
        pile.entered(letter.key, actor=helper, now=MONDAY)
    letter.refresh_from_db()
    assert (letter.state, letter.stored_as, letter.box) == ("entered", "", None)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_was_set_aside_can_be_taken_back_for_a_week(helper: Officer, tmp_path: Path) -> None:
    letter = put(written_pdf(), helper)
    pile.drop(letter, why="twice", now=MONDAY)
    assert pile.waiting(helper) == [] and pile.set_aside(helper, now=MONDAY) == [letter]
    assert pile.forget_dropped(now=MONDAY + timedelta(days=6)) == 0
    pile.take_back(helper, letter.key, now=MONDAY)
    assert [one.key for one in pile.waiting(helper)] == [letter.key]
    pile.drop(pile.find(helper, letter.key), why="twice", now=MONDAY)
    assert pile.forget_dropped(now=MONDAY + timedelta(days=7)) == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    with pytest.raises(NotFound):
        pile.take_back(helper, letter.key, now=MONDAY + timedelta(days=7))


def test_the_pile_is_its_owners_alone(helper: Officer) -> None:
    letter = put(written_pdf(), helper)
    stranger = Officer(user_id=helper.user_id + 1, posts=helper.posts, marks=frozenset())
    assert pile.waiting(stranger) == []
    with pytest.raises(NotFound):
        pile.find(stranger, letter.key)
    pile.entered(letter.key, actor=stranger, now=MONDAY)
    assert pile.find(helper, letter.key) == letter


def test_codes_of_sheets_are_checked_and_never_those_of_reports() -> None:
    for _time in range(200):
        code = new_sheet_code()
        assert parse_sheet_code(show_code(code)) == code and not is_code(code)
        wrong = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
        assert parse_sheet_code(wrong) is None


@needs_tesseract
def test_a_printed_sheet_is_known_by_its_code_after_it_was_scanned(helper: Officer) -> None:
    blanks = sheets.print_blank(3, actor=helper, now=MONDAY)
    for number, blank in enumerate(blanks, start=1):
        letter = put(without_strip(pictures.draw_page(draw_blanks(blanks), number)), helper, "lembar.png")
        read_all()
        letter.refresh_from_db()
        assert letter.sheet_code == blank.code


def test_a_code_that_no_sheet_has_matches_nothing(helper: Officer) -> None:
    assert reading.sheet_code_in(f"KODE LEMBAR {show_code(new_sheet_code())}") == ""
    blank = sheets.print_blank(1, actor=helper, now=MONDAY)[0]
    assert reading.sheet_code_in(f"KODE LEMBAR | {' '.join(blank.code)} |") == blank.code


def test_the_pin_of_a_sheet_is_kept_nowhere_and_wrong_ones_are_counted(helper: Officer) -> None:
    blank = sheets.print_blank(1, actor=helper, now=MONDAY)[0]
    row = Sheet.objects.get(code=blank.code)
    assert blank.pin.encode() not in bytes(row.pin_digest)
    with pytest.raises(sheets.NotEntered):
        sheets.prove(code=blank.code, pin=blank.pin, now=MONDAY)
    wrong = f"{(int(blank.pin) + 1) % 10**8:08d}"
    for _time in range(own.MAX_WRONG):
        with pytest.raises(own.WrongProof):
            sheets.prove(code=blank.code, pin=wrong, now=MONDAY)
    with pytest.raises(own.TooManyTries):
        sheets.prove(code=blank.code, pin=blank.pin, now=MONDAY)


def test_who_may_not_enter_reports_has_no_pile_and_prints_no_sheets(stage: Stage) -> None:
    overseer = stage.officer("overseer")
    with pytest.raises(NotFound):
        put(written_pdf(), overseer)
    with pytest.raises(NotFound):
        sheets.print_blank(1, actor=overseer, now=MONDAY)
    with pytest.raises(NotFound):
        pile.find(overseer, uuid4())
