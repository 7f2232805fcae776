"""What the command says: the pages to look at, the people to be, a report to open with its PIN."""

from __future__ import annotations

from django.conf import settings

from . import people


def greeting() -> str:
    """At most 80 columns wide."""
    site = settings.LAPOR_PUBLIC_URL
    width = max(len(account.email) for account in people.ACCOUNTS)
    lines = [
        "Akun peragaan (semua rekaan):",
        *(f"  {account.email:<{width}}  {account.says}" for account in people.ACCOUNTS),
        "",
        f"  Kata sandi  {people.PASSWORD}",
        f"  Kode sekali pakai petugas  .venv/bin/lapor code {people.ACCOUNTS[1].email}",
        f"  Masuk di {site}/",
    ]
    return "\n".join(lines)
