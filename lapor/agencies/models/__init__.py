"""The tables of places, bodies and posts; each module below answers for one of the three."""

from lapor.agencies.models.body import Agency, Category, ConnectionChange, Unit
from lapor.agencies.models.place import Region
from lapor.agencies.models.post import Absence, Membership, Role

__all__ = ["Absence", "Agency", "Category", "ConnectionChange", "Membership", "Region", "Role", "Unit"]
