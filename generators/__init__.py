"""Edits that an agent can choose, one module each."""

from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.move import MoveObject
from sage.generators.operate import OperateObject
from sage.generators.paint import PaintWalls
from sage.generators.place import PlaceObject
from sage.generators.populate import Populate
from sage.generators.redecorate import Redecorate
from sage.generators.remove import RemoveObject
from sage.generators.replace import ReplaceObject
from sage.generators.separate import Separate
from sage.generators.settle import Settle
from sage.generators.shift import ShiftObject
from sage.generators.swap import SwapObjects
from sage.generators.turn import TurnObject
from sage.tools import Generator

__all__ = ["GENERATORS"]

GENERATORS: tuple[type[Generator], ...] = (
    FloorPlan,
    Furnish,
    Populate,
    PlaceObject,
    MoveObject,
    ShiftObject,
    SwapObjects,
    TurnObject,
    OperateObject,
    ReplaceObject,
    RemoveObject,
    Separate,
    PaintWalls,
    Redecorate,
    Settle,
)
"""All generators, in the order in which a scene is usually made."""
