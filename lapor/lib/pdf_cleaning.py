"""Takes out of a PDF, by its structure, what acts by itself, what it carries along, and who made it, when and where.

Runs as a program of its own (`lib.pdfs` starts it), within limits of time and memory: a file made to break a parser
ends this process and nothing else. Form fields stay as they were filled in, only what they would do is gone.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pypdf import PdfReader

MEMORY = 768 * 1024 * 1024
SECONDS = 15
UNPACKED = 300 * 1024 * 1024
TEXT = 50_000
ENCRYPTED, BROKEN, BOMB = 2, 3, 4

# Of the catalog only what describes pages and a form; names of destinations, but not of scripts and embedded files.
_CATALOG = frozenset(
    ["/Type", "/Version", "/Pages", "/PageLabels", "/Names", "/Dests", "/Outlines", "/PageLayout", "/PageMode", "/Lang",
     "/MarkInfo", "/StructTreeRoot", "/OCProperties", "/AcroForm", "/ViewerPreferences"]
)  # fmt: skip
# Anywhere: scripts, actions of events, embedded and associated files, XMP, private data of programs, thumbnails.
_NOWHERE = ("/AA", "/JS", "/OpenAction", "/EF", "/AF", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/XFA")
_PEOPLE = ("/CreationDate", "/ModDate", "/Author", "/Creator", "/Producer")
_ACTIONS = frozenset(["/GoTo", "/Named"])
_LINKS = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)
_ANNOTATIONS_OUT = frozenset(["/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Projection"])
_PACKERS = frozenset(["/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/Fl", "/LZW", "/RL"])
_STEP = 1024 * 1024


class Bomb(Exception):
    """It would unpack to more than `UNPACKED` bytes."""


def clean(data: bytes) -> bytes:
    """The same pages in a file written anew; raises what pikepdf raises for one that is broken or has a password."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) == 0:
            raise pikepdf.PdfError("no pages")
        _refuse_bombs(pdf)
        _strip_catalog(pdf)
        for thing in list(pdf.objects):
            _strip(thing)
        for page in pdf.pages:
            _strip_annotations(page.obj)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        out = io.BytesIO()
        pdf.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
    return out.getvalue()


def text(data: bytes) -> str:
    """The words that the file shows or carries as text, the first `TEXT` letters of them."""
    found: list[str] = []
    for page in PdfReader(io.BytesIO(data)).pages:
        found.append(page.extract_text())
        if sum(map(len, found)) > TEXT:
            break
    return "\n".join(found)[:TEXT]


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    left = UNPACKED
    for thing in pdf.objects:
        if not isinstance(thing, Stream):
            continue
        filters = [str(name) for name in _filters(thing)]
        if sum(name in _PACKERS for name in filters) > 1:
            raise Bomb
        if filters[:1] in (["/FlateDecode"], ["/Fl"]):
            left = _unpack(thing.read_raw_bytes(), left)


def _unpack(packed: bytes, left: int) -> int:
    """How much of the allowance is left; what was unpacked is thrown away piece by piece."""
    stream = zlib.decompressobj()
    try:
        while packed:
            left -= len(stream.decompress(packed, _STEP))
            if left < 0:
                raise Bomb
            packed = stream.unconsumed_tail
    except zlib.error:
        pass  # damaged: a viewer shows what it can, and that is not much
    return left


def _filters(stream: pikepdf.Object) -> Iterator[pikepdf.Object]:
    given = stream.get("/Filter")
    if isinstance(given, Name):
        yield given
    elif isinstance(given, Array):
        yield from given


def _strip_catalog(pdf: pikepdf.Pdf) -> None:
    for key in set(pdf.Root.keys()) - _CATALOG:
        del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        for key in set(names.keys()) - {"/Dests"}:
            del names[key]


def _strip(thing: pikepdf.Object, depth: int = 0) -> None:
    """Of one object and what lies directly in it; what it only refers to has its own turn."""
    if isinstance(thing, Stream):
        _strip_dictionary(thing, depth)
        if [str(name) for name in _filters(thing)] in (["/DCTDecode"], ["/DCT"]):
            raw = thing.read_raw_bytes()
            if (bare := bare_jpeg(raw)) != raw:
                parms = thing.get("/DecodeParms")
                given = parms if isinstance(parms, (Dictionary, Array)) else None
                thing.write(bare, filter=Name.DCTDecode, decode_parms=given)
    elif isinstance(thing, Dictionary):
        _strip_dictionary(thing, depth)
    elif isinstance(thing, Array) and depth < 50:
        for inner in thing:
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                _strip(inner, depth + 1)


def _strip_dictionary(found: pikepdf.Object, depth: int) -> None:
    for key in (*_NOWHERE, *_PEOPLE):
        if key in found:
            del found[key]
    if "/A" in found and isinstance(found["/A"], Dictionary) and not _is_harmless(found["/A"]):
        del found["/A"]
    if found.get("/FT") == Name.Sig and "/V" in found:
        del found["/V"]  # it would not hold for the new file, and names who signed
    for key in list(found.keys()):
        inner = found.get(key)
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect and depth < 50:
            _strip(inner, depth + 1)


def _is_harmless(action: pikepdf.Object) -> bool:
    """Leads to another page, or to an address that people see before they follow it."""
    if "/Next" in action:
        del action["/Next"]
    kind = str(action.get("/S", ""))
    return kind in _ACTIONS or (kind == "/URI" and _LINKS.match(str(action.get("/URI", ""))) is not None)


def _strip_annotations(page: pikepdf.Object) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in notes if isinstance(note, Dictionary) and _stays(note)]
    for note in kept:
        if note.get("/Subtype") != Name.Widget:
            for key in ("/T", "/M", "/NM", "/RC"):
                if key in note:
                    del note[key]  # who wrote a remark, and when
    page["/Annots"] = Array(kept)


def _stays(note: pikepdf.Object) -> bool:
    return str(note.get("/Subtype", "")) not in _ANNOTATIONS_OUT


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG without comments and without the segments where cameras write (all but JFIF's and Adobe's)."""
    if data[:2] != b"\xff\xd8":
        return data
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        mark, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if mark == 0xDA or size < 2:  # the picture itself begins
            break
        is_extra = mark == 0xFE or (0xE0 <= mark <= 0xEF and mark not in {0xE0, 0xEE})
        if not is_extra:
            kept.append(data[at : at + 2 + size])
        at += 2 + size
    return b"".join([*kept, data[at:]])


def _limit() -> None:
    """Less memory and time than would hurt the machine, no file written, no other program started."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system without this limit; the parent's clock still holds
            continue


def main(wish: str) -> int:
    """Reads the file from standard input and writes what was wished for; the code says why there is nothing."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        done = clean(data) if wish == "clean" else text(data).encode("utf-8", "replace")
    except pikepdf.PasswordError:
        return ENCRYPTED
    except Bomb:
        return BOMB
    sys.stdout.buffer.write(done)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
