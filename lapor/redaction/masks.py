"""What stands in a public text in place of a personal datum, and where such a datum stands in the original."""

from __future__ import annotations

from dataclasses import dataclass

MASKS = {
    "email": "[e-mail]",
    "nik": "[NIK]",
    "card": "[nomor kartu]",
    "account": "[nomor rekening]",
    "phone": "[nomor telepon]",
    "plate": "[pelat nomor]",
    "address": "[alamat]",
    "name": "[nama]",
    "hidden": "[disamarkan]",  # by a person who looked
    "held": "[ditahan untuk diperiksa]",
}


@dataclass(frozen=True)
class Span:
    """One masked stretch of the original text."""

    kind: str
    start: int
    end: int
