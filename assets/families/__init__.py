"""Every parametric family: the table of contents of what can be made."""

from assets.families import (
    appliances,
    beds,
    decoration,
    food,
    kitchenware,
    packages,
    seats,
    stationery,
    storage,
    tables,
    tableware,
    textiles,
)
from assets.family import Family

__all__ = ["FAMILIES"]

FAMILIES: tuple[Family, ...] = (
    *tables.FAMILIES,
    *seats.FAMILIES,
    *beds.FAMILIES,
    *storage.FAMILIES,
    *appliances.FAMILIES,
    *tableware.FAMILIES,
    *textiles.FAMILIES,
    *stationery.FAMILIES,
    *packages.FAMILIES,
    *kitchenware.FAMILIES,
    *food.FAMILIES,
    *decoration.FAMILIES,
)
