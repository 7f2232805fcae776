"""The monthly report as a screen reader meets it: rules of PDF/UA-1 (ISO 14289-1) that can be checked without a validator."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from lapor.editions.paper import Paper

# Operators that leave something on the page.
PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "Tj", "TJ", "'", '"', "BI"}
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
TITLE = "Laporan bulanan LAPOR!: “Oktober” – 2026"


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """Everything that a report can hold, over more than one page."""
    paper = Paper(title=TITLE, language="id", foot="LAPOR! · Oktober", made_at=datetime(2026, 11, 3, tzinfo=UTC))
    paper.heading(TITLE)
    paper.paragraph("Di Kupang, Sa’u dan Pidië: “tidak ada” … – 12 ≤ 30.")
    for part in range(4):
        paper.heading(f"Bagian {part}", 2)
        paper.numbers(("Nama", "Laporan"), [(f"Kabupaten {n}", n * 1000) for n in range(12)])
    paper.heading("Laporan per pekan", 2)
    paper.columns([("tanggal 1-7", 5), ("tanggal 8-14", 0)], says="Laporan per pekan. tanggal 1-7: 5; tanggal 8-14: 0.")
    paper.heading("Bagaimana ini dihitung", 2)
    paper.points(["Hanya yang terbit.", "Jumlah bukan mutu."])
    found = pikepdf.open(io.BytesIO(paper.written()))
    assert len(found.pages) > 1
    return found


def elements(node: Any) -> Iterator[Any]:
    """The elements in reading order."""
    yield node
    if isinstance(node.get("/K"), pikepdf.Array):
        for kid in node.K:
            yield from elements(kid)


def kinds(node: Any) -> list[str]:
    return [str(one.S)[1:] for one in elements(node)]


def document(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot.K[0]


def marks(page: pikepdf.Page) -> Iterator[int | None]:
    """What each thing on a page belongs to: the number of a mark, None for an artifact; fails on what has neither."""
    inside: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in {"BDC", "BMC"}:
            assert not inside, "one marked content within another"
            inside.append(None if operands[0] == pikepdf.Name.Artifact else int(operands[1].MCID))
        elif operator == "EMC":
            inside.pop()
        elif operator in PAINTING:
            assert inside, f"{operator} is neither tagged nor an artifact"
            yield inside[-1]
    assert not inside


def test_everything_on_a_page_is_tagged_or_an_artifact_and_in_the_tree_once(pdf: pikepdf.Pdf) -> None:
    leaves = [one for one in elements(document(pdf)) if "/Pg" in one]
    for place, page in enumerate(pdf.pages):
        mine = [int(one.K) for one in leaves if one.Pg.objgen == page.obj.objgen]
        drawn = {mark for mark in marks(page) if mark is not None}
        assert sorted(mine) == sorted(set(mine)) and set(mine) == drawn
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert page.obj.StructParents == place == numbers[2 * place]
        assert [int(one.K) for one in numbers[2 * place + 1]] == list(range(len(mine)))


def test_headings_begin_at_one_and_skip_no_level(pdf: pikepdf.Pdf) -> None:
    levels = [HEADINGS.index(kind) + 1 for kind in kinds(document(pdf)) if kind in HEADINGS]
    assert levels[0] == 1 and levels.count(1) == 1 and len(levels) == 7
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_heads_with_a_scope_and_rows_of_equal_length(pdf: pikepdf.Pdf) -> None:
    tables = [one for one in elements(document(pdf)) if pikepdf.Name.Table == one.S]
    assert len(tables) == 4
    for table in tables:
        assert {str(row.S) for row in table.K} == {"/TR"} and {len(row.K) for row in table.K} == {2}
        assert [str(cell.A.Scope) for cell in table.K[0].K] == ["/Column", "/Column"]
        for row in list(table.K)[1:]:
            assert kinds(row) == ["TR", "TH", "TD"] and row.K[0].A.Scope == pikepdf.Name.Row


def test_lists_pictures_and_parents_are_as_the_standard_has_them(pdf: pikepdf.Pdf) -> None:
    lists = [one for one in elements(document(pdf)) if one.S == pikepdf.Name.L]
    assert [kinds(one) for one in lists] == [["L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"]]
    pictures = [one for one in elements(document(pdf)) if pikepdf.Name.Figure == one.S]
    assert len(pictures) == 1 and "tanggal 1-7: 5" in str(pictures[0].Alt) and len(pictures[0].A.BBox) == 4
    for one in elements(document(pdf)):
        assert "/Pg" in one or all(kid.P.objgen == one.objgen for kid in one.K)


def test_the_document_says_its_language_and_title_and_that_it_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.Lang == "id" and pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
    assert all(page.obj.Tabs == pikepdf.Name.S for page in pdf.pages)
    with pdf.open_metadata() as meta:
        assert meta["dc:title"] == TITLE
        assert "pdfuaid:part" not in meta  # said only once a validator has said so


def test_every_font_is_embedded_and_its_letters_can_be_copied(pdf: pikepdf.Pdf) -> None:
    fonts = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.values()}
    assert fonts
    for font in fonts.values():
        inner = font.DescendantFonts[0]
        assert "/FontFile2" in inner.FontDescriptor and "/ToUnicode" in font and "/CIDToGIDMap" in inner
