"""What the command says: the pages to look at, the people to be, a report to open with its PIN."""

from __future__ import annotations

from django.conf import settings

from . import people


def greeting() -> str:
    """At most 80 columns wide."""
    site = settings.LAPOR_PUBLIC_URL
    width = max(len(account.email) for account in people.ACCOUNTS)
    lines = [
        "Demonstration accounts (all invented):",
        *(f"  {account.email:<{width}}  {account.says}" for account in people.ACCOUNTS),
        "",
        f"  Password  {people.PASSWORD}",
        f"  One-time code of an officer  .venv/bin/lapor code {people.ACCOUNTS[1].email}",
        f"  Sign in at {site}/",
    ]
    return "\n".join(lines)
