"""The tables of places, bodies, posts and loads; each module below answers for one of them."""

from lapor.agencies.models.body import Agency, Category, ConnectionChange, Unit
from lapor.agencies.models.load import ReferenceLoad
from lapor.agencies.models.place import Region, RegionWord
from lapor.agencies.models.post import Absence, Membership, Role, Training

__all__ = [
    "Absence",
    "Agency",
    "Category",
    "ConnectionChange",
    "Membership",
    "ReferenceLoad",
    "Region",
    "RegionWord",
    "Role",
    "Training",
    "Unit",
]
