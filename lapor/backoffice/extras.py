"""What the page of an act tells besides its form: how many reports move, who does the work, what a decree changes."""

from __future__ import annotations

from typing import Any

from lapor.agencies.connection import missing_from_standard
from lapor.agencies.models import Agency, Membership, Unit
from lapor.agencies.oversight import responsible_for
from lapor.agencies.people import held_on
from lapor.agencies.units import people_in
from lapor.deadlines import local
from lapor.deadlines.changes import difference
from lapor.deadlines.models import Holiday
from lapor.reports import bodies, staff
from lapor.routing.rules.dry_run import dry_run
from lapor.routing.rules.in_force import table_with
from lapor.routing.rules.said import said_by

from .forms.base import OfficeForm
from .forms.days import DecreeForm
from .forms.routing import RuleForm
from .session import Manager


def extras(name: str, subject: Any, manager: Manager, form: OfficeForm) -> dict[str, Any]:
    """By the name of the act; nothing for most."""
    match name:
        case "connect" | "disconnect":
            return _connection(subject, manager)
        case "adopt":
            return {"offices": missing_from_standard(subject.region) if subject.region else []}
        case "add_days":
            return {"coming": local.coming(subject.region_id, today=manager.today)}
        case "close_unit":
            return _unit(subject, manager)
        case "end_post":
            return _post(subject, manager)
        case "add_rule" | "edit_rule" if isinstance(form, RuleForm) and form.is_bound and not form.errors:
            return {"outcome": dry_run(table_with(subject, form.said), reader=manager.actor)}
        case "end_rule":
            return {"outcome": dry_run(table_with(subject, None), reader=manager.actor)}
        case "revive_rule":
            return {"outcome": dry_run(table_with(subject, said_by(subject)), reader=manager.actor)}
        case "decree" if isinstance(form, DecreeForm):
            return _decree(form, subject)
        case _:
            return {}


def _connection(agency: Agency, manager: Manager) -> dict[str, Any]:
    people = held_on(manager.today).filter(agency=agency).values("user").distinct().count()
    return {
        "people": people,
        "waiting": bodies.waiting_for([agency.pk], reader=manager.actor).get(agency.pk, 0),
        "in_hand": bodies.in_hand([agency.pk], reader=manager.actor).get(agency.pk, 0),
        "answers": responsible_for(agency, on=manager.today),
    }


def _unit(unit: Unit, manager: Manager) -> dict[str, Any]:
    work = staff.open_in_units([unit.pk], reader=manager.actor)
    return {"people": people_in(unit), "work": work.get(unit.pk, 0)}


def _post(post: Membership, manager: Manager) -> dict[str, Any]:
    return {"work": staff.open_work([post.user_id], reader=manager.actor).get(post.user_id, 0)}


def _decree(form: DecreeForm, year: int) -> dict[str, Any]:
    found: dict[str, Any] = {"kinds": [choice for choice in Holiday.Kind.choices if choice[0] != Holiday.Kind.REGIONAL]}
    if form.is_bound and not form.errors:
        found["difference"] = difference(form.days, year=year)
        found["days"] = list(enumerate(form.days))
    return found
