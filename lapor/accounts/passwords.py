"""Which passwords are taken, as NIST SP 800-63B-4 §3.1.1.2 asks: long ones that are not guessed first.

Nothing is asked about kinds of letters, and no password ever expires. The words are in `data/guessed_first.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from .models import User
from .second_factor import is_required

WITH_FACTOR = 12  # the standard asks for 8 where a second factor is compulsory
ALONE = 15
_LEAST = 6  # different letters or digits that must remain
_WORDS = Path(__file__).parent / "data" / "guessed_first.txt"
_OTHER = re.compile(r"[\W_]+")


class LongEnough:
    """More letters where the password alone opens the account."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        least = self._least(user)
        if len(password) < least:
            said = gettext("Kata sandi ini terlalu pendek. Pakai paling sedikit %(n)d huruf; beberapa kata boleh.")
            raise ValidationError(said % {"n": least}, code="password_too_short")

    def get_help_text(self) -> str:
        said = gettext("Paling sedikit %(n)d huruf. Beberapa kata yang Anda ingat lebih baik daripada satu kata rumit.")
        return said % {"n": ALONE}

    def _least(self, user: AbstractBaseUser | None) -> int:
        return WITH_FACTOR if isinstance(user, User) and is_required(user) else ALONE


class NotGuessedFirst:
    """Refuses what is made of nothing but words of this service, well-known passwords, years and rows of keys."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        left = password.lower()
        for word in _words():
            left = left.replace(word, " ")
        if len(set(_OTHER.sub("", left))) < _LEAST:
            raise ValidationError(
                gettext("Kata sandi ini mudah ditebak. Tambahkan kata lain yang tidak berhubungan dengan layanan ini."),
                code="password_guessed_first",
            )

    def get_help_text(self) -> str:
        return gettext("Bukan nama layanan ini, kata sandi yang terkenal, atau deretan angka.")


@cache
def _words() -> tuple[str, ...]:
    """The longest first, so that a part of a word is not taken out before the whole."""
    lines = _WORDS.read_text().splitlines()
    return tuple(sorted((line.strip() for line in lines if line and not line.startswith("#")), key=len, reverse=True))
