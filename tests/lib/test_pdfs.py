"""PDFs: the pages stay, what acts, what is carried along and who made them goes; a hostile one ends its own process."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from lapor.lib import pdfs
from lapor.lib.pdfs import Unfit, clean
from tests.samples import changed_pdf, pdf, picture

SCRIPT = "app.alert('jalan sendiri')"


def _reason(data: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        clean(data)
    return unfit.value.reason


def _unpacked(data: bytes) -> bytes:
    """The file with every stream opened, to search in."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        paper.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False, qdf=True)
    return out.getvalue()


def _opens_with_a_script(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    paper.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
    paper.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=paper.make_stream(SCRIPT.encode())))


def _names_scripts(paper: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def _carries_a_file(paper: pikepdf.Pdf) -> None:
    paper.attachments["rahasia.exe"] = pikepdf.AttachedFileSpec(paper, b"MZ program jahat", filename="rahasia.exe")


def _note(paper: pikepdf.Pdf, **given: object) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **given)  # type: ignore[arg-type]
    paper.pages[0].obj.Annots = Array([paper.make_indirect(note)])


def _starts_a_program(paper: pikepdf.Pdf) -> None:
    _note(paper, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd-jahat.exe")))


def _has_a_rich_note(paper: pikepdf.Pdf) -> None:
    _note(paper, Subtype=Name.RichMedia, Contents=String("rahasia.exe"))


def _has_xfa(paper: pikepdf.Pdf) -> None:
    paper.Root.AcroForm = Dictionary(Fields=Array([]), XFA=paper.make_stream(SCRIPT.encode()))


def _chains_an_action(paper: pikepdf.Pdf) -> None:
    after = Dictionary(S=Name.Launch, F=String("cmd-jahat.exe"))
    _note(paper, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://contoh.invalid"), Next=after))


@pytest.mark.parametrize(
    "make",
    [
        _opens_with_a_script,
        _names_scripts,
        _carries_a_file,
        _starts_a_program,
        _has_a_rich_note,
        _has_xfa,
        _chains_an_action,
    ],
)
def test_what_acts_or_is_carried_along_is_gone_and_the_page_stays(make: Callable[[pikepdf.Pdf], None]) -> None:
    made = clean(changed_pdf(make))
    inside = _unpacked(made)
    for bad in (b"jalan sendiri", b"program jahat", b"cmd-jahat", b"rahasia.exe", b"JavaScript", b"Launch", b"XFA"):
        assert bad not in inside
    assert pdfs.text(made).strip() == "Surat keterangan"


def test_names_written_with_escapes_do_not_hide_a_script() -> None:
    whole = changed_pdf(_opens_with_a_script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    hidden = whole.replace(b"/OpenAction", b"/OpenActio#6e").replace(b"/JavaScript", b"/J#61vaScript")
    assert b"J#61va" in hidden
    assert b"jalan sendiri" not in _unpacked(clean(hidden))


def test_a_link_that_people_see_stays() -> None:
    def link(paper: pikepdf.Pdf) -> None:
        _note(paper, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://contoh.invalid/a")))

    assert b"https://contoh.invalid/a" in _unpacked(clean(changed_pdf(link)))


def test_a_filled_in_form_keeps_its_answers_and_loses_its_program() -> None:
    def form(paper: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("keluhan"), V=String("Air mati"),
            Rect=Array([0, 0, 9, 9]), AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String(SCRIPT))),
        )  # fmt: skip
        kept = paper.make_indirect(field)
        paper.Root.AcroForm = Dictionary(Fields=Array([kept]))
        paper.pages[0].obj.Annots = Array([kept])

    inside = _unpacked(clean(changed_pdf(form)))
    assert b"Air mati" in inside and b"keluhan" in inside and b"jalan sendiri" not in inside


def test_who_made_it_when_and_with_what_is_gone() -> None:
    def told(paper: pikepdf.Pdf) -> None:
        with paper.open_metadata() as metadata:
            metadata["dc:creator"] = ["Penulis Uji"]
        _note(paper, Subtype=Name.Text, T=String("Penulis Uji"), Contents=String("catatan"), M=String("D:20261001"))

    made = clean(changed_pdf(told))
    inside = _unpacked(made)
    for bad in (b"Penulis Uji", b"Program Uji", b"fpdf", b"CreationDate", b"D:2026", b"xmpmeta"):
        assert bad not in inside
    assert b"catatan" in inside


def test_a_photo_in_it_loses_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "KameraUji"
    whole = pdf(image=picture(exif=exif))
    assert b"KameraUji" in whole
    assert b"KameraUji" not in clean(whole)


def test_a_signature_that_names_its_signer_is_gone() -> None:
    def signed(paper: pikepdf.Pdf) -> None:
        value = paper.make_indirect(
            Dictionary(Type=Name.Sig, Name=String("Penanda Uji"), Contents=String("sertifikat"))
        )
        field = paper.make_indirect(Dictionary(FT=Name.Sig, T=String("ttd"), V=value))
        paper.Root.AcroForm = Dictionary(Fields=Array([field]))

    assert b"Penanda Uji" not in _unpacked(clean(changed_pdf(signed)))


def test_what_stands_before_behind_and_between_is_gone() -> None:
    whole = pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n%<script>alert(1)</script>\n") + b"PK\x05\x06" + bytes(18)
    made = clean(whole)
    assert b"<script>" not in made and b"PK\x05\x06" not in made


def test_one_with_a_password_is_refused_as_such() -> None:
    locked = changed_pdf(lambda paper: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert _reason(locked) == "encrypted"


def test_one_that_only_forbids_printing_is_taken() -> None:
    made = clean(changed_pdf(lambda paper: None, encryption=pikepdf.Encryption(owner="a", user="")))
    with pikepdf.open(io.BytesIO(made)) as paper:
        assert not paper.is_encrypted


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nno end",
        b"%PDF-1.4 /JavaScript (app.alert(1)) %%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    ],
)
def test_one_without_a_page_is_refused(data: bytes) -> None:
    assert _reason(data) == "broken"


def _bomb(paper: pikepdf.Pdf) -> None:
    blank = zlib.compress(bytes(32 * 1024 * 1024), 9)
    for _n in range(11):
        stream = paper.make_stream(b"")
        stream.write(blank, filter=Name.FlateDecode)
        paper.pages[0].obj[f"/B{_n}"] = stream


def _nested_bomb(paper: pikepdf.Pdf) -> None:
    stream = paper.make_stream(b"")
    twice = zlib.compress(zlib.compress(bytes(1_000_000), 9), 9)
    stream.write(twice, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    paper.pages[0].obj.B = stream


@pytest.mark.parametrize("make", [_bomb, _nested_bomb])
def test_one_that_unpacks_to_more_than_a_machine_bears_is_refused(make: Callable[[pikepdf.Pdf], None]) -> None:
    whole = changed_pdf(make, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert len(whole) < 1024 * 1024
    assert _reason(whole) == "bomb"


def test_a_program_that_dies_or_hangs_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "PATIENCE", 0.001)
    assert _reason(pdf()) == "broken"


def test_its_words_can_be_read() -> None:
    assert "Pelapor Uji Satu" in pdfs.text(pdf("Atas nama Pelapor Uji Satu"))
