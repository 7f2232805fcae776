"""Which bodies the demonstration connects: `data/connected.csv`. All others stay unconnected, as many were in 2016."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db.models import Q

from lapor.agencies import connection
from lapor.agencies.models import Agency

DATA = Path(__file__).parent / "data"


def connect_all() -> None:
    """Connects each body of the file, or every body of a region where the file names one; twice changes nothing."""
    with (DATA / "connected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            named = row["slug_or_region"]
            waiting = Agency.objects.filter(Q(slug=named) | Q(region=named), connected_on=None, is_active=True)
            for agency in waiting:
                connection.connect(agency, on=date.fromisoformat(row["connected_on"]), reason="Peragaan")
