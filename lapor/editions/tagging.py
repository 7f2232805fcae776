"""The tree that a screen reader follows in a PDF (ISO 32000-1, 14.7 and 14.8): built while drawing, written afterwards.

fpdf2's own tree is flat and knows pictures only; tables and lists need branches. What is drawn stands either in a leaf
of this tree or in an artifact.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclass
class Node:
    """One element: its type, what it holds, and for a leaf where on which page it is drawn."""

    kind: str
    alt: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)
    kids: list[Node] = field(default_factory=list)
    page: int = 0  # from 1; 0 for a branch
    mark: int = 0  # number of the marked content on its page


class Tags:
    """The tree while it grows."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._open = [self.root]
        self._marks: dict[int, int] = {}

    @contextmanager
    def branch(self, kind: str) -> Iterator[None]:
        """What is added meanwhile belongs to this element."""
        node = Node(kind)
        self._open[-1].kids.append(node)
        self._open.append(node)
        yield
        self._open.pop()

    def leaf(self, kind: str, *, page: int, alt: str = "", attributes: Mapping[str, object] | None = None) -> int:
        """Adds an element that is drawn on this page; returns the number that marks its content."""
        mark = self._marks.get(page, 0)
        self._marks[page] = mark + 1
        self._open[-1].kids.append(Node(kind, alt, attributes or {}, page=page, mark=mark))
        return mark

    def written_into(self, data: bytes, *, metadata: dict[str, str]) -> bytes:
        """The document with this tree, and with what it says of itself as XMP."""
        with Pdf.open(io.BytesIO(data)) as pdf:
            root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
            by_page: dict[int, list[Object]] = {}
            root.K = Array([_written(pdf, self.root, root, by_page)])
            numbers: list[Any] = []
            for place, page in enumerate(pdf.pages):
                page.obj.StructParents, page.obj.Tabs = place, Name.S
                numbers += [place, pdf.make_indirect(Array(by_page.get(place + 1, [])))]
            root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
            root.ParentTreeNextKey = len(pdf.pages)
            pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
            with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
                for key, value in metadata.items():
                    meta[key] = value
            out = io.BytesIO()
            pdf.save(out, min_version="1.7", deterministic_id=True)
        return out.getvalue()


def _written(pdf: Pdf, node: Node, parent: Object, by_page: dict[int, list[Object]]) -> Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.kind}"), P=parent))
    if node.alt:
        element.Alt = String(node.alt)
    if node.attributes:
        element.A = Dictionary({f"/{key}": value for key, value in node.attributes.items()})
    if node.page:
        element.Pg, element.K = pdf.pages[node.page - 1].obj, node.mark
        by_page.setdefault(node.page, []).append(element)
    else:
        element.K = Array([_written(pdf, kid, element, by_page) for kid in node.kids])
    return element
