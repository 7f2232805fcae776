"""How often what may be asked from one place: one table. A place is a digest of the day (`visitor`), often a whole
village behind one carrier's address; so reading is generous, and nobody is ever limited by account alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Budget:
    """`most` requests in the time `per`; above `calm`, or when more than `busy` come to one web process in a minute,
    wherever from, each needs a proof (`proof`). None: never asked for a proof.
    """

    most: int
    per: timedelta
    calm: int | None = None
    busy: int | None = None


# (name of the address, whether it changes something) → budget. What is not here has none: sign-in has allauth's own.
TABLE: dict[tuple[str, bool], Budget] = {
    ("public:review", True): Budget(most=300, per=HOUR, calm=20, busy=120),
    ("public:report", True): Budget(most=900, per=HOUR),
    ("public:share", True): Budget(most=300, per=HOUR),
    ("public:own_push", True): Budget(most=120, per=HOUR),
    ("public:own_act", True): Budget(most=600, per=HOUR),
    ("public:track", True): Budget(most=300, per=HOUR, calm=30, busy=120),
    ("public:support", True): Budget(most=300, per=HOUR, calm=30, busy=120),
    ("account_signup", True): Budget(most=120, per=HOUR, calm=10, busy=60),
    ("account_reset_password", True): Budget(most=120, per=HOUR, calm=10, busy=60),
    ("public:search", False): Budget(most=600, per=MINUTE),
    ("public:detail", False): Budget(most=1200, per=MINUTE),
    ("api:reports", True): Budget(most=1200, per=HOUR),
    ("api:reports", False): Budget(most=600, per=MINUTE),
    ("api:report", False): Budget(most=1200, per=MINUTE),
}
WAITING = Budget(most=60, per=HOUR)  # proofs by waiting, for telephones that cannot calculate
