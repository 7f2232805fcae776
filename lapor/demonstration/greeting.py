"""What the command says: pages to look at, people to be, a report to open as its reporter."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from lapor.accounts.demonstration import PASSPHRASE
from lapor.lib.codes import show_code, show_pin
from lapor.reports import actions
from lapor.reports.submission import IdempotencyMismatch, Receipt

from . import people
from .case import Case
from .filing import MARK, TO_TRY, ours, submission_of
from .samples import read_all

# Paths alone: what is printed is kept, and the next start may be at another port.
PAGES = {
    "/": "the front page",
    "/wilayah/64.72/": "Kota Samarinda",
    "/akun/login/": "where these people sign in, one click each",
    "/meja/": "the desk of an officer",
    "/lacak/": "where a reporter follows a report",
}


def greeting(*, now: datetime) -> str:
    """The whole text, at most 80 columns wide."""
    pages = _table(PAGES)
    with translation.override("en"):  # like the rest of the command line
        accounts = _table({account.email: translation.gettext(account.says) for account in people.ACCOUNTS})
    officer = next(account for account in people.ACCOUNTS if account.role)
    lines = [
        "Worth a look:",
        *pages,
        "",
        "Demonstration accounts, all invented:",
        *accounts,
        f"Password of all: {people.PASSWORD}",
        f"Passphrase that opens sealed reports: {PASSPHRASE}",
        f"One-time code:   .venv/bin/lapor code {officer.email}",
    ]
    receipt = _receipt(now=now)
    if receipt is not None:
        lines += ["", f"A report to try as its reporter: code {show_code(receipt.code)}, PIN {show_pin(receipt.pin)}"]
    return "\n".join(lines)


def _table(rows: dict[str, str]) -> list[str]:
    width = max(map(len, rows))
    return [f"  {left:<{width}}  {right}" for left, right in rows.items()]


def _receipt(*, now: datetime) -> Receipt | None:
    """The receipt of the report to try: filing it again with its own key shows its PIN again."""
    sample = next(found for found in read_all() if found.id == TO_TRY)
    if not ours().filter(external_id=f"{MARK}{TO_TRY}").exists():
        return None
    try:
        return actions.submit(submission_of(sample, on_behalf=Case(sample, now=now)), now=now)
    except IdempotencyMismatch:
        return None  # the sample was reworded since; nobody knows its PIN any more
