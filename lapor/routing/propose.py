"""Proposes who should answer a report, with a reason that a citizen understands. The verifying officer disposes.

It abstains where the law, the words and the place do not settle it; it never fails, whatever the text is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.agencies.models import Agency
from lapor.agencies.oversight import responsible_for
from lapor.reports.accused import verifier_of
from lapor.reports.models import Kind
from lapor.reports.submission import Accused
from lapor.routing import bodies, thresholds
from lapor.routing.combine import Suggestion, suggest
from lapor.routing.competence import Rule, level_of
from lapor.routing.guess import Danger
from lapor.routing.learning import shelf
from lapor.routing.rules import in_force

SEALED_KINDS = frozenset({"whistleblowing", "procurement"})
_EXAMINERS = frozenset(
    {Agency.Kind.INSPECTORATE, Agency.Kind.SABER_PUNGLI, Agency.Kind.OVERSEER, Agency.Kind.NATIONAL_ADMIN}
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who verifies, who should answer and why. `agency` is None where we abstain."""

    verifier: Agency
    agency: Agency | None
    responsible: Agency | None
    """Who answers for `agency` today: itself when connected, else the nearest connected body above it."""
    category: str | None
    reason: str
    is_sure: bool
    urgent: bool
    emergency: str
    """What to do first when somebody may be in danger; empty otherwise."""
    level: str | None = None
    source: str = ""
    """The law that the reason rests on."""
    suggestion: Suggestion | None = None
    """What rules and model said of the text: alternatives, probabilities, the words that weighed most."""


def propose(
    *,
    text: str,
    title: str = "",
    kind: str,
    category: str | None,
    region_code: str | None,
    agency_id: int | None,
    accused: tuple[Accused, ...] = (),
    on: date,
) -> Proposal:
    """A proposal for any input. An agency that the citizen named is kept, except where it may be the accused.

    Refuses with `NobodyCanOpen` a sealed report that no investigator with a key would receive.
    """
    in_force.refresh()
    said = suggest(
        text=text,
        title=title,
        kind=kind,
        category=category,
        region_code=region_code,
        asker=shelf.in_use(),
        threshold=thresholds.current(),
        on=on,
    )
    verifier = verifier_of(
        region_code=region_code,
        category=category or said.category,
        accused=accused,
        is_sealed=kind == Kind.WHISTLEBLOWING,
        on=on,
    )
    rule = said.rule
    agency, reason = body_of(rule, region_code=region_code, verifier=verifier)
    is_sure = rule is not None and rule.is_sure and agency is not None
    named = bodies.by_id(agency_id) if agency_id is not None else None
    if named is not None:
        agency, reason, is_sure = _with_named(named, ours=agency, reason=reason, is_sure=is_sure, kind=kind)
    if agency is not None and agency.pk in {one.agency_id for one in accused}:
        agency, is_sure = None, False
        reason = _("{verifier} memeriksa laporan ini; instansi yang Anda sebut tidak melihatnya.").format(
            verifier=verifier.name
        )
    responsible = responsible_for(agency, on=on) if agency is not None else None
    if agency is not None and responsible is not None and responsible.pk != agency.pk:
        reason += " " + _("{agency} belum terhubung, maka {responsible} yang menjawab untuknya.").format(
            agency=agency.name, responsible=responsible.name
        )
    danger = said.danger
    return Proposal(
        verifier=verifier,
        agency=agency,
        responsible=responsible,
        category=said.category,
        reason=reason,
        is_sure=is_sure,
        urgent=danger is not None,
        emergency=_emergency(danger) if danger else "",
        level=level_of(rule, said.found) if rule else None,
        source=rule.source if rule else "",
        suggestion=said,
    )


def body_of(rule: Rule | None, *, region_code: str | None, verifier: Agency) -> tuple[Agency | None, str]:
    """The body that a rule means at a place, None where it is not clear which; and why, for the citizen."""
    if rule is None:
        return None, _(
            "Kami belum yakin instansi mana yang berwenang. {verifier} akan memeriksa dan meneruskan laporan Anda."
        ).format(verifier=verifier.name)
    if rule.level == Agency.Level.CENTRAL:
        agency = bodies.central(rule.bodies[0], region_code=region_code)
        return (agency, _reason(rule, agency)) if agency else body_of(None, region_code=region_code, verifier=verifier)
    if not region_code:
        return None, _(
            "Urusan ini ditangani pemerintah daerah, tetapi tempatnya belum disebut. {verifier} akan memastikannya."
        ).format(verifier=verifier.name)
    found = bodies.regional(rule.bodies, level=rule.level, region_code=region_code)
    if found is None:
        return None, _(
            "Urusan ini ditangani kabupaten atau kota, tetapi tempatnya belum cukup jelas. "
            "{verifier} akan memastikannya."
        ).format(verifier=verifier.name)
    agency, is_office = found
    if is_office:
        return agency, _reason(rule, agency)
    return agency, _("Dinas yang mengurus hal ini belum terdaftar di sini, maka diusulkan ke {agency}.").format(
        agency=agency.name
    )


def _reason(rule: Rule, agency: Agency) -> str:
    is_english = (get_language() or "").startswith("en")
    text = (rule.reason_en if is_english else "") or rule.reason
    place = agency.region.name if agency.region else _("tempat Anda")
    return text.replace("{agency}", agency.name).replace("{place}", place)


def _with_named(
    named: Agency, *, ours: Agency | None, reason: str, is_sure: bool, kind: str
) -> tuple[Agency | None, str, bool]:
    if kind in SEALED_KINDS and named.kind not in _EXAMINERS:
        if ours is not None and ours.pk == named.pk:  # a central body whose own inspectors examine; the reason says so
            return ours, reason, is_sure
        kept = _("Laporan seperti ini tidak dikirim ke instansi yang disebut, agar pemeriksaannya bebas.")
        return ours, f"{reason} {kept}", is_sure
    if ours is None or ours.pk == named.pk:
        chosen = _("Anda memilih {agency}.").format(agency=named.name)
        return named, chosen if ours is None else f"{chosen} {reason}", is_sure
    return (
        named,
        _(
            "Anda memilih {agency}. Menurut pembagian wewenang, urusan ini biasanya ditangani {other}; "
            "petugas akan memastikannya."
        ).format(agency=named.name, other=ours.name),
        False,
    )


def _emergency(danger: Danger) -> str:
    texts = {
        "kekerasan": _("Jika ada yang terancam sekarang, telepon polisi di 110."),
        "kekerasan_perempuan_anak": _(
            "Jika perempuan atau anak terancam, telepon 110 sekarang; pendampingan tersedia di 129."
        ),
        "kebakaran": _("Jika api masih menyala, telepon pemadam kebakaran di 113."),
        "medis": _("Jika nyawa terancam, telepon ambulans di 119."),
        "bunuh_diri": _("Anda tidak sendirian. Telepon 119 tekan 8 untuk bicara dengan konselor sekarang."),
        "bencana": _("Jika keadaan darurat, telepon 112."),
        "hilang": _("Untuk pencarian dan pertolongan, telepon Basarnas di 115."),
        "listrik": _("Jauhi kabelnya dan telepon PLN di 123."),
        "roboh": _("Jauhi tempat itu. Jika keadaan darurat, telepon 112."),
    }
    told = texts.get(danger.name) or _("Jika keadaan darurat, telepon {number}.").format(number=danger.number)
    return told + " " + _("Jangan menunggu jawaban di sini.")
