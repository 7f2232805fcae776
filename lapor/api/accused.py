"""Whom a report names, as it comes in by the API: what does not exist is refused with the path of the field."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from lapor.agencies import units
from lapor.reports.submission import Accused

from .choices import agency_by_slug
from .problem import Refusal
from .schemas import FieldError, NewAccused


def accused(given: Sequence[NewAccused]) -> tuple[Accused, ...]:
    """The bodies and units that are meant. Refuses what names nobody, no body of ours, or a unit without its body.

    A unit that is not known is kept as words: then the whole body is left out.
    """
    wrong: list[FieldError] = []
    found = []
    for place, one in enumerate(given):
        agency = agency_by_slug(one.agency) if one.agency is not None else None
        if one.agency is not None and agency is None:
            wrong.append(FieldError(pointer=f"/accused/{place}/agency", detail=gettext("Instansi ini tidak ada.")))
        elif one.unit.strip() and agency is None:
            wrong.append(FieldError(pointer=f"/accused/{place}/agency", detail=gettext("Tulis juga instansinya.")))
        elif agency is None and not one.name.strip():
            detail = gettext("Tulis instansi atau orang yang Anda maksud.")
            wrong.append(FieldError(pointer=f"/accused/{place}", detail=detail))
        unit = units.called(agency, one.unit) if agency is not None else None
        said = ", ".join(part for part in (one.name.strip(), one.unit.strip() if unit is None else "") if part)
        found.append(Accused(agency_id=agency.pk if agency else None, unit_id=unit.pk if unit else None, name=said))
    if wrong:
        raise Refusal(422, gettext("Periksa isian yang disebutkan."), wrong)
    return tuple(found)
