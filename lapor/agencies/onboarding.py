"""Bringing bodies on: how far each has come and who must take the next step; and many officers at once, from a table.

Nothing is stored about it: the stage is read from posts, sign-ins, trainings, the connection and the first answer.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.accounts.models import User
from lapor.agencies.models import Agency, Role
from lapor.agencies.people import held_on
from lapor.agencies.trained import trained as trained_at

COLUMNS = ("email", "name", "role", "agency", "unit")
MOST = 1_000
LONGEST = {"name": 150, "unit": 150}


class Stage(models.TextChoices):
    """How far a body has come; each is a step beyond the one before."""

    LISTED = "listed", _("Belum ada petugas")
    INVITED = "invited", _("Petugas diundang, belum masuk")
    ACCOUNTS = "accounts", _("Petugas sudah masuk, belum terlatih")
    READY = "ready", _("Terlatih, siap dihubungkan")
    EMPTY = "empty", _("Terhubung tanpa petugas")
    ABSENT = "absent", _("Terhubung, petugas belum masuk")
    UNTRAINED = "untrained", _("Terhubung, petugas belum terlatih")
    CONNECTED = "connected", _("Terhubung dan terlatih, belum pernah menjawab")
    ANSWERING = "answering", _("Sudah menjawab")


# Who must take the next step; nobody where nothing is left to do.
NEXT: dict[Stage, object] = {
    Stage.LISTED: _("Admin inspektorat mengundang petugas"),
    Stage.INVITED: _("Petugas yang diundang membuat kata sandi"),
    Stage.ACCOUNTS: _("Petugas menyelesaikan latihan, admin mencatatnya"),
    Stage.READY: _("Admin inspektorat menghubungkan instansi"),
    Stage.EMPTY: _("Admin inspektorat mengundang petugas"),
    Stage.ABSENT: _("Petugas yang diundang membuat kata sandi"),
    Stage.UNTRAINED: _("Petugas menyelesaikan latihan, admin mencatatnya"),
    Stage.CONNECTED: _("Pejabat penghubung menjawab laporan pertama"),
}


@dataclass(frozen=True)
class Progress:
    """How far one body is: the people with a post there, how many of them signed in, how many were trained for it."""

    stage: Stage
    people: int
    came: int
    trained: int


def progress(agencies: Iterable[Agency], *, on: date, answered: Collection[int]) -> dict[int, Progress]:
    """Each of these bodies that day; `answered` are those that answered a report. Two queries, however many bodies."""
    rows = list(agencies)
    people: dict[int, set[int]] = {row.pk: set() for row in rows}
    came: dict[int, set[int]] = {row.pk: set() for row in rows}
    trained: dict[int, set[int]] = {row.pk: set() for row in rows}
    done = trained_at(people)
    posts = held_on(on).filter(agency__in=people).values_list("agency_id", "user_id", "role", "user__last_login")
    for agency, user, role, last_login in posts:
        people[agency].add(user)
        if last_login is not None:
            came[agency].add(user)
        if (user, agency, role) in done:
            trained[agency].add(user)
    return {
        row.pk: Progress(
            _stage(
                row.is_connected_on(on),
                has_people=bool(people[row.pk]),
                has_come=bool(came[row.pk]),
                is_trained=bool(trained[row.pk]),
                has_answered=row.pk in answered,
            ),
            len(people[row.pk]),
            len(came[row.pk]),
            len(trained[row.pk]),
        )
        for row in rows
    }


def stages(agencies: Iterable[Agency], *, on: date, answered: Collection[int]) -> dict[int, Stage]:
    """The stage alone."""
    return {key: one.stage for key, one in progress(agencies, on=on, answered=answered).items()}


def _stage(is_connected: bool, *, has_people: bool, has_come: bool, is_trained: bool, has_answered: bool) -> Stage:
    """A body is trained once one of its people is, as it has an account once one of them came."""
    if not has_people:
        return Stage.EMPTY if is_connected else Stage.LISTED
    if is_connected:
        if has_answered:
            return Stage.ANSWERING
        if not has_come:
            return Stage.ABSENT
        return Stage.CONNECTED if is_trained else Stage.UNTRAINED
    if not has_come:
        return Stage.INVITED
    return Stage.READY if is_trained else Stage.ACCOUNTS


@dataclass(frozen=True)
class NewOfficer:
    """One line of the table that can be carried out. A unit of that name is made where there is none."""

    email: str
    name: str
    role: Role
    agency: Agency
    unit: str


class OfficersRefused(Exception):
    """The table cannot be carried out; `problems` says what is wrong, line by line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def read_officers(
    text: str, *, agencies: Iterable[Agency], may_give: Callable[[Agency], Collection[Role]], by: User | None
) -> list[NewOfficer]:
    """The officers of a table whose columns stand between commas, semicolons or tabs; the first line has the titles.

    All or nothing: one line in doubt, and `OfficersRefused` names every such line.
    """
    lines = text.strip().splitlines()
    first = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=next((mark for mark in "\t;" if mark in first), ","))
    missing = [column for column in COLUMNS[:-1] if column not in (rows.fieldnames or ())]
    if missing:
        raise OfficersRefused([gettext("Baris pertama tidak memuat kolom %(names)s.") % {"names": ", ".join(missing)}])
    known = {key.casefold(): agency for agency in agencies for key in (agency.slug, agency.name, agency.short) if key}
    found: dict[tuple[str, str, str, str], NewOfficer] = {}
    problems = []
    for row in rows:
        fields = {column: " ".join((row.get(column) or "").split()) for column in COLUMNS}
        if not fields["email"] and not fields["name"]:
            continue  # a post of the prepared table that nobody was found for yet
        key = (fields["email"].lower(), fields["role"], fields["agency"], fields["unit"])
        one = _one(fields, known, may_give, by=by)
        if key in found:
            one = gettext("sudah disebut di atas")
        if isinstance(one, str):
            problems.append(gettext("Baris %(line)d: %(problem)s.") % {"line": rows.line_num, "problem": one})
        else:
            found[key] = one
    if not problems and not 0 < len(found) <= MOST:
        problems = [gettext("Tabel ini harus memuat 1 sampai %(most)d petugas.") % {"most": MOST}]
    if problems:
        raise OfficersRefused(problems + _taken(found.values()))
    if taken := _taken(found.values()):
        raise OfficersRefused(taken)
    return list(found.values())


def _one(
    fields: Mapping[str, str],
    known: Mapping[str, Agency],
    may_give: Callable[[Agency], Collection[Role]],
    *,
    by: User | None,
) -> NewOfficer | str:
    """The officer of one line, or what is wrong with it."""
    email = fields["email"].lower()
    try:
        validate_email(email)
    except ValidationError:
        return gettext("alamat surel “%(email)s” tidak lengkap") % {"email": fields["email"][:80]}
    if by is not None and by.email == email:
        return gettext("jabatan untuk diri sendiri diberikan oleh orang lain")
    if not fields["name"] or any(len(fields[name]) > most for name, most in LONGEST.items()):
        return gettext("nama kosong atau terlalu panjang")
    agency = known.get(fields["agency"].casefold())
    if agency is None:
        return gettext("instansi “%(agency)s” tidak ada dalam jangkauan Anda") % {"agency": fields["agency"][:80]}
    role = _roles().get(fields["role"].casefold())
    if role is None:
        return gettext("peran “%(role)s” tidak dikenal") % {"role": fields["role"][:40]}
    if role not in may_give(agency):
        return gettext("peran %(role)s tidak dapat Anda berikan di instansi itu") % {"role": role.label}
    return NewOfficer(email, fields["name"], role, agency, fields["unit"])


def _roles() -> dict[str, Role]:
    """A role by its key or by its name in the reader's language."""
    return {word.casefold(): role for role in Role for word in (role.value, str(role.label))}


def _taken(officers: Iterable[NewOfficer]) -> list[str]:
    """Addresses that belong to a citizen's account: nobody becomes an officer without having been asked."""
    emails = {one.email for one in officers}
    taken = User.objects.filter(email__in=emails, is_officer=False).order_by("email").values_list("email", flat=True)
    return [gettext("Alamat %(email)s sudah dipakai akun lain.") % {"email": email} for email in taken]
