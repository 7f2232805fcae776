"""What an act can be about: how the address of a page becomes the thing, where one comes back to, and its audit name.

Every way in asks `access`; what is out of reach does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from lapor.accounts.models import User
from lapor.agencies.models import Absence, Agency, Category, Membership, Training, Unit
from lapor.channels import overview, registry
from lapor.channels.mail import pen
from lapor.channels.models import Received, Sending
from lapor.deadlines import exemptions
from lapor.deadlines.models import Exemption, Holiday
from lapor.disclosure.models import Ground
from lapor.privacy.models import Breach, Hold
from lapor.reports.answer_templates import templates
from lapor.routing.models import Rule

from . import access
from .access import NotFound, Right
from .session import Manager


@dataclass(frozen=True, kw_only=True)
class About:
    """One kind of thing: `find` refuses with `NotFound`, `back` is the page it stands on, `path` begins the address."""

    path: str
    find: Callable[[Manager, Right, Any], Any]
    back: Callable[[Any], str]
    name: Callable[[Any], str]
    key: Callable[[Any], str]


def _body(manager: Manager, right: Right, slug: str) -> Agency:
    return access.body(manager.actor, right, slug, on=manager.today)


def _head(manager: Manager, right: Right, slug: str) -> Agency:
    return access.head_of_region(manager.actor, right, slug, on=manager.today)


def _training(manager: Manager, right: Right, key: int) -> Training:
    """One that was not withdrawn, at a body within reach, of somebody else."""
    mine = access.bodies(manager.actor, right, on=manager.today)
    found = (
        Training.objects.filter(pk=key, agency__in=mine, withdrawn_at=None)
        .exclude(user=manager.user.pk)
        .select_related("user", "agency")
        .first()
    )
    if found is None:
        raise NotFound(key)
    return found


def _unit(manager: Manager, right: Right, key: int) -> Unit:
    mine = access.bodies(manager.actor, right, on=manager.today)
    found = Unit.objects.filter(pk=key, agency__in=mine, is_active=True).select_related("agency").first()
    if found is None:
        raise NotFound(key)
    return found


def _post(manager: Manager, right: Right, key: int) -> Membership:
    found = access.post(manager.actor, key, on=manager.today)
    if found.ends_on is not None:
        raise NotFound(key)
    return found


def _person(manager: Manager, right: Right, key: int) -> User:
    """Somebody all of whose work lies within reach."""
    found = access.person(manager.actor, key, on=manager.today)
    if not access.manages(manager.actor, found, right, on=manager.today):
        raise NotFound(key)
    return found


def _colleague(manager: Manager, right: Right, key: int) -> User:
    """Anybody seen here; what may be given to them is limited by the roles that one may give."""
    access.require(manager.actor, right)
    return access.person(manager.actor, key, on=manager.today)


def _present(manager: Manager, right: Right, key: int) -> User:
    """Somebody within reach, or oneself: everybody may say when they are away."""
    return manager.user if key == manager.user.pk else _person(manager, right, key)


def _absence(manager: Manager, right: Right, key: int) -> Absence:
    found = Absence.objects.filter(pk=key, ends_on__gte=manager.today).select_related("user").first()
    if found is None:
        raise NotFound(key)
    _present(manager, right, found.user_id)
    return found


def _holiday(manager: Manager, right: Right, key: int) -> Holiday:
    found = Holiday.objects.filter(pk=key, removed_at=None).first()
    if found is None:
        raise NotFound(key)
    if Right.NATIONAL_DAYS in manager.rights:
        return found
    mine = access.bodies(manager.actor, Right.REGIONAL_DAYS, on=manager.today)
    if not found.region_code or not mine.filter(region=found.region_code).exists():
        raise NotFound(key)
    return found


def _year(manager: Manager, right: Right, year: int) -> int:
    if not 2000 <= year <= manager.today.year + 5:
        raise NotFound(year)
    return year


def _category(manager: Manager, right: Right, key: str) -> Category:
    found = Category.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found


def _template(manager: Manager, right: Right, key: int) -> Any:
    mine = access.bodies(manager.actor, right, on=manager.today).values_list("pk", flat=True)
    found = templates(of=list(mine), with_general=Right.GENERAL_TEMPLATES in manager.rights).filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found


def _hold(manager: Manager, right: Right, key: int) -> Hold:
    found = Hold.objects.filter(pk=key, lifted_at=None, until__gte=manager.today).select_related("report").first()
    if found is None:
        raise NotFound(key)
    return found


def _breach(manager: Manager, right: Right, key: int) -> Breach:
    found = Breach.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found


def _held(manager: Manager, right: Right, key: int) -> Received:
    found = pen.find(key)
    if found is None:
        raise NotFound(key)
    return found


def _ground(manager: Manager, right: Right, key: int) -> Ground:
    found = Ground.objects.filter(pk=key, holds_until=None).first()
    if found is None:
        raise NotFound(key)
    return found


def _exemption(manager: Manager, right: Right, key: int) -> Exemption:
    found = exemptions.running(on=manager.today).filter(pk=key).first()
    if found is None:
        raise NotFound(key)
    return found


def _rule(is_active: bool | None) -> Callable[[Manager, Right, int], Rule]:
    """A rule of competence that decides now, that is switched off, or whichever it is."""

    def find(manager: Manager, right: Right, key: int) -> Rule:
        found = Rule.objects.filter(pk=key).first()
        if found is None or is_active not in {None, found.is_active}:
            raise NotFound(key)
        return found

    return find


def _channel(known: Container[str]) -> Callable[[Manager, Right, str], str]:
    def find(manager: Manager, right: Right, name: str) -> str:
        if name not in known:
            raise NotFound(name)
        return name

    return find


def _failed(kind: type[Received] | type[Sending]) -> Callable[[Manager, Right, int], Received | Sending]:
    """A message that waits for a person."""

    def find(manager: Manager, right: Right, key: int) -> Received | Sending:
        found = kind.objects.filter(pk=key, state=kind.State.FAILED).first()
        if found is None:
            raise NotFound(key)
        return found

    return find


def _page(name: str, *arguments: str) -> Callable[[Any], str]:
    return lambda subject: reverse(f"backoffice:{name}", args=[getattr(subject, one) for one in arguments])


def _body_page(agency: Agency) -> str:
    return reverse("backoffice:body", args=[agency.slug])


def _onboarding(agency: Agency) -> str:
    return reverse("backoffice:onboarding", args=[agency.slug])


def _person_page(user_id: int) -> str:
    return reverse("backoffice:person", args=[user_id])


def _to_person(find: Callable[[Manager, Right, int], User]) -> About:
    return About(
        path="petugas/<int:key>/",
        find=find,
        back=lambda user: _person_page(user.pk),
        name=lambda user: str(user.name),
        key=lambda user: f"user:{user.pk}",
    )


def _alone(path: str, back: str) -> About:
    """A section as a whole: there is nothing to find."""
    return About(path=path, find=lambda *_: None, back=_page(back), name=lambda _: "", key=lambda _: back)


BODY = About(
    path="instansi/<slug:key>/", find=_body, back=_body_page, name=str, key=lambda agency: f"agency:{agency.pk}"
)
REGION = About(
    path="instansi/<slug:key>/", find=_head, back=_onboarding, name=str, key=lambda agency: f"agency:{agency.pk}"
)
MANY = About(
    path="instansi/<slug:key>/",
    find=_body,
    back=lambda agency: _onboarding(agency) if access.is_head_of_region(agency) else _body_page(agency),
    name=str,
    key=lambda agency: f"agency:{agency.pk}",
)
TRAINING = About(
    path="pelatihan/<int:key>/",
    find=_training,
    back=lambda row: _person_page(row.user_id),
    name=lambda row: f"{row.user.name}, {row.get_role_display()}, {row.agency}",
    key=lambda row: f"user:{row.user_id}",
)
UNIT = About(
    path="unit/<int:key>/",
    find=_unit,
    back=lambda unit: _body_page(unit.agency),
    name=lambda unit: f"{unit.name}, {unit.agency}",
    key=lambda unit: f"agency:{unit.agency_id}",
)
POST = About(
    path="jabatan/<int:key>/",
    find=_post,
    back=lambda post: _person_page(post.user_id),
    name=lambda post: f"{post.user.name}, {post.get_role_display()}, {post.unit or post.agency}",
    key=lambda post: f"user:{post.user_id}",
)
PERSON, COLLEAGUE, PRESENT = (_to_person(find) for find in (_person, _colleague, _present))
ABSENCE = About(
    path="ketidakhadiran/<int:key>/",
    find=_absence,
    back=lambda absence: _person_page(absence.user_id),
    name=lambda absence: str(absence.user.name),
    key=lambda absence: f"user:{absence.user_id}",
)
CALENDAR = _alone("kalender/", "calendar")
HOLIDAY = About(
    path="hari-libur/<int:key>/",
    find=_holiday,
    back=lambda day: reverse("backoffice:calendar_year", args=[day.day.year]),
    name=lambda day: str(day.name),
    key=lambda day: f"holiday:{day.pk}",
)
YEAR = About(
    path="kalender/<int:key>/",
    find=_year,
    back=lambda year: reverse("backoffice:calendar_year", args=[year]),
    name=str,
    key=lambda year: f"year:{year}",
)
LIMITS = _alone("janji/", "promises")
CATEGORIES = _alone("kategori/", "categories")
CATEGORY = About(
    path="kategori/<slug:key>/",
    find=_category,
    back=_page("categories"),
    name=str,
    key=lambda category: f"category:{category.pk}",
)
TERMS = _alone("masa-simpan/", "terms")
HOLD = About(
    path="penahanan/<int:key>/",
    find=_hold,
    back=_page("terms"),
    name=lambda hold: str(hold.report.code),
    key=lambda hold: f"report:{hold.report_id}",
)
BREACHES = _alone("insiden/", "breaches")
BREACH = About(
    path="insiden/<int:key>/",
    find=_breach,
    back=_page("breach", "pk"),
    name=lambda breach: str(breach.pk),
    key=lambda breach: f"breach:{breach.pk}",
)
HELD = About(
    path="surat/<int:key>/",
    find=_held,
    back=_page("held_mails"),
    name=lambda row: gettext("Surat %(n)s") % {"n": row.pk},
    key=lambda row: f"received:{row.pk}",
)
RULES = _alone("aturan/", "rules")
NUMBERS = _alone("ketepatan/", "numbers")


def _to_rule(find: Callable[[Manager, Right, int], Rule]) -> About:
    return About(
        path="aturan/<int:key>/",
        find=find,
        back=_page("rule", "pk"),
        name=lambda rule: f"{rule.priority} · {rule.body.replace('_', ' ').replace('|', ' / ')}",
        key=lambda rule: f"rule:{rule.pk}",
    )


RULE, STANDING_RULE, RESTING_RULE = (_to_rule(_rule(is_active)) for is_active in (None, True, False))
EXEMPTION = About(
    path="tangga/<int:key>/",
    find=_exemption,
    back=_page("ladder"),
    name=lambda row: str(row.agency),
    key=lambda row: f"agency:{row.agency_id}",
)
GROUNDS = _alone("dasar-hukum/", "grounds")
GROUND = About(
    path="dasar-hukum/<int:key>/",
    find=_ground,
    back=_page("grounds"),
    name=str,
    key=lambda ground: f"ground:{ground.pk}",
)
TEMPLATES = _alone("templat/", "templates")
TEMPLATE = About(
    path="templat/<int:key>/",
    find=_template,
    back=_page("templates"),
    name=str,
    key=lambda template: f"template:{template.pk}",
)


def _to_channel(known: Container[str]) -> About:
    return About(
        path="saluran/<slug:key>/",
        find=_channel(known),
        back=lambda _name: reverse("backoffice:channels"),
        name=overview.label,
        key=lambda name: f"channel:{name}",
    )


CHANNEL, CHANNEL_BOTH_WAYS = _to_channel(registry.GATEWAYS), _to_channel(registry.LISTENERS)


def _to_message(kind: type[Received] | type[Sending], path: str) -> About:
    return About(
        path=f"saluran/{path}/<int:key>/",
        find=_failed(kind),
        back=lambda _row: reverse("backoffice:channels"),
        name=lambda row: f"{overview.label(row.channel)}, {row.pk}",
        key=lambda row: f"{kind._meta.model_name}:{row.pk}",
    )


CAME, WENT = _to_message(Received, "masuk"), _to_message(Sending, "keluar")
DELIVERIES = _alone("kiriman/", "deliveries")
