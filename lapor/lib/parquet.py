"""Writes a table of texts as one Parquet file with one row group, in the plainest form that every reader knows.

All columns are required UTF-8 strings, PLAIN, one GZIP page each (https://parquet.apache.org/docs/file-format/). The
footer is written in Thrift's compact protocol. Open data need no more, and a library for it weighs 55 MB.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Final

MAGIC: Final = b"PAR1"
BYTE_ARRAY, REQUIRED, UTF8, PLAIN, RLE, GZIP, DATA_PAGE = 6, 0, 0, 0, 3, 2, 0  # numbers of parquet.thrift
I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12  # types of the compact protocol

Field = tuple[int, int, bytes]  # (number, type, value as written)


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The file. Refuses a row that has more or fewer cells than there are names with `ValueError`."""
    body = bytearray(MAGIC)
    chunks, size = [], 0
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    for name, cells in zip(names, columns, strict=True):
        start = len(body)
        head, plain = _page(cells)
        body += head
        chunks.append(_struct((2, I64, _zigzag(start)), (3, STRUCT, _chunk(name, len(cells), start, plain, len(body)))))
        size += plain
    group = _struct((1, LIST, _list(STRUCT, chunks)), (2, I64, _zigzag(size)), (3, I64, _zigzag(len(rows))))
    footer = _struct(
        (1, I32, _zigzag(1)),
        (2, LIST, _list(STRUCT, _schema(names))),
        (3, I64, _zigzag(len(rows))),
        (4, LIST, _list(STRUCT, [group] if rows else [])),
        (6, BINARY, _text("lapor")),
    )
    return bytes(body) + footer + len(footer).to_bytes(4, "little") + MAGIC


def _page(cells: Sequence[str]) -> tuple[bytes, int]:
    """The page with its header, and how long both would be without compression."""
    data = bytearray()
    for cell in cells:
        raw = cell.encode()
        data += len(raw).to_bytes(4, "little") + raw
    packed = gzip.compress(bytes(data), 6, mtime=0)
    values = _struct(
        (1, I32, _zigzag(len(cells))), (2, I32, _zigzag(PLAIN)), (3, I32, _zigzag(RLE)), (4, I32, _zigzag(RLE))
    )
    head = _struct(
        (1, I32, _zigzag(DATA_PAGE)),
        (2, I32, _zigzag(len(data))),
        (3, I32, _zigzag(len(packed))),
        (5, STRUCT, values),
    )
    return head + packed, len(head) + len(data)


def _chunk(name: str, rows: int, start: int, plain: int, end: int) -> bytes:
    return _struct(
        (1, I32, _zigzag(BYTE_ARRAY)),
        (2, LIST, _list(I32, [_zigzag(PLAIN), _zigzag(RLE)])),
        (3, LIST, _list(BINARY, [_text(name)])),
        (4, I32, _zigzag(GZIP)),
        (5, I64, _zigzag(rows)),
        (6, I64, _zigzag(plain)),
        (7, I64, _zigzag(end - start)),
        (9, I64, _zigzag(start)),
    )


def _schema(names: Sequence[str]) -> list[bytes]:
    root = _struct((4, BINARY, _text("schema")), (5, I32, _zigzag(len(names))))
    string = _struct((1, STRUCT, _struct()))
    return [
        root,
        *(
            _struct(
                (1, I32, _zigzag(BYTE_ARRAY)),
                (3, I32, _zigzag(REQUIRED)),
                (4, BINARY, _text(name)),
                (6, I32, _zigzag(UTF8)),
                (10, STRUCT, string),
            )
            for name in names
        ),
    ]


def _struct(*fields: Field) -> bytes:
    """Fields in the order of their numbers; each says how far it is from the one before."""
    out, before = bytearray(), 0
    for number, kind, value in fields:
        out.append((number - before) << 4 | kind)
        out += value
        before = number
    return bytes(out) + b"\0"


def _list(kind: int, values: Sequence[bytes]) -> bytes:
    head = bytes([len(values) << 4 | kind]) if len(values) < 15 else bytes([0xF0 | kind]) + _varint(len(values))
    return head + b"".join(values)


def _text(text: str) -> bytes:
    raw = text.encode()
    return _varint(len(raw)) + raw


def _zigzag(n: int) -> bytes:
    """A number that is not negative, as all numbers here are."""
    return _varint(n << 1)


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes([*out, n])
