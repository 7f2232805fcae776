"""The places, bodies and officers that invented reports are about, drawn as unevenly as real ones are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from lapor.accounts.models import User
from lapor.agencies.connection import adopt_standard_set
from lapor.agencies.models import Agency, Category, Membership, Region, Role
from lapor.agencies.oversight import national_admin, verifier_for
from lapor.lib.text import search_text
from lapor.routing.guess import category_words

NATIONAL = "sp4n-lapor"
INSPECTORATE = "inspektorat-kota-samarinda"
OFFICE = "dinas-pupr-kota-samarinda"
OWN_REGION = "64.72"  # of the three bodies above: its reports are counted out one by one, see `lives`
CENTRAL = 0.2  # this share of reports is about central bodies
UNCONNECTED = 4  # one inspectorate of so many


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a report names it."""

    code: str
    name: str
    stems: str


@dataclass(frozen=True)
class Seat:
    """A regency or city: its places, the body that verifies, the bodies that can answer."""

    code: str
    places: list[str]
    verifier: int
    offices: list[int]


@dataclass(frozen=True)
class World:
    """Everything that `lives` draws from."""

    seats: list[Seat]
    weights: list[float]
    own: Seat
    central: list[int]
    categories: list[tuple[str, list[str]]]
    names: dict[str, tuple[str, str]] = field(repr=False)
    officers: dict[int, int]
    national: int
    inspectorate: int
    office: int
    body_stems: dict[int, str] = field(repr=False)

    def spot(self, seat: Seat, rng: Random) -> Spot:
        """Some place of a regency or city, or the whole of it."""
        code = rng.choice(seat.places)
        name, label = self.names[code]
        return Spot(code, name, _stems(name, label))

    def seat(self, rng: Random) -> Seat:
        return rng.choices(self.seats, cum_weights=self.weights)[0]

    def office_for(self, seat: Seat, category: int, rng: Random) -> int:
        """The same kind of matter goes to the same office of a place, or to a central body."""
        bodies = self.central if self.central and rng.random() < CENTRAL else seat.offices
        return bodies[category % len(bodies)]


def build(*, on: date, adopting: int) -> None:
    """Connects bodies and gives each one officer; so many regencies and cities get the standard set of offices."""
    since = on - timedelta(days=4 * 365)
    inspectorates = Agency.objects.filter(kind=Agency.Kind.INSPECTORATE)
    keys = inspectorates.exclude(slug=INSPECTORATE).order_by("pk").values_list("pk", flat=True)
    away = list(keys)[::UNCONNECTED]
    cities = Region.objects.filter(level=Region.Level.REGENCY).exclude(code__startswith="64").order_by("code")
    step = max(1, cities.count() // adopting) if adopting else 1
    for city in cities[::step][:adopting]:
        adopt_standard_set(city.code)
    Agency.objects.filter(connected_on=None, is_active=True).exclude(pk__in=away).update(connected_on=since)
    _hire(since)


def _hire(since: date) -> None:
    """One officer for each body, signed up with a second factor, who never signs in with a password."""
    roles = {
        Agency.Kind.INSPECTORATE: Role.ADMIN,
        Agency.Kind.SABER_PUNGLI: Role.ADMIN,
        Agency.Kind.NATIONAL_ADMIN: Role.NATIONAL,
    }
    agencies = list(Agency.objects.filter(is_active=True, memberships=None).order_by("pk"))
    nobody = make_password(None)
    people = User.objects.bulk_create(
        [
            User(
                email=f"bench-{agency.pk}@uji.invalid",
                name=f"Petugas Uji {agency.pk}",
                is_officer=True,
                password=nobody,
            )
            for agency in agencies
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(
                user=user, agency=agency, role=roles.get(Agency.Kind(agency.kind), Role.LIAISON), starts_on=since
            )
            for user, agency in zip(people, agencies, strict=True)
        ]
    )
    Authenticator.objects.bulk_create(
        [Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": ""}) for user in people]
    )


def read(*, on: date) -> World:
    """The world as it stands in the database."""
    agencies = list(Agency.objects.filter(is_active=True).order_by("pk"))
    by_slug = {agency.slug: agency.pk for agency in agencies}
    overseeing = {Agency.Kind.INSPECTORATE, Agency.Kind.SABER_PUNGLI, Agency.Kind.NATIONAL_ADMIN}
    offices: dict[str, list[int]] = defaultdict(list)
    for agency in agencies:
        if agency.kind not in overseeing and agency.is_connected_on(on):
            offices[agency.region_id or ""].append(agency.pk)
    regions = Region.objects.exclude(level=Region.Level.PROVINCE).order_by("code")
    names = {code: (name, label) for code, name, label in regions.values_list("code", "name", "label")}
    places: dict[str, list[str]] = defaultdict(list)
    for code in names:
        places[code[:5]].append(code)
    national = national_admin().pk
    seats = [
        Seat(code, found, verifier_for(code, on=on).pk, offices[code] or [national]) for code, found in places.items()
    ]
    others = [seat for seat in seats if seat.code != OWN_REGION]
    Random(64).shuffle(others)
    phrases: dict[str, list[str]] = defaultdict(list)
    for phrase, categories in category_words().items():
        for category, _points in categories:
            phrases[category].append(phrase.replace("*", ""))
    return World(
        seats=others,
        weights=list(accumulate(1 / (rank + 5) for rank in range(len(others)))),
        own=next(seat for seat in seats if seat.code == OWN_REGION),
        central=offices[""],
        names=names,
        categories=[(slug, phrases[slug]) for slug in Category.objects.order_by("sort").values_list("slug", flat=True)],
        officers=dict(Membership.objects.filter(ends_on=None).order_by("-pk").values_list("agency_id", "user_id")),
        national=national,
        inspectorate=by_slug[INSPECTORATE],
        office=by_slug[OFFICE],
        body_stems={agency.pk: search_text(f"{agency.name} {agency.short}") for agency in agencies},
    )


@cache
def _stems(name: str, label: str) -> str:
    return search_text(f"{name} {label}")
