"""The edits that an agent may choose, one file each."""

from generators.floor_plan import FloorPlan
from generators.furnish import Furnish
from generators.move import MoveObject
from generators.operate import OperateObject
from generators.paint import PaintWalls
from generators.place import PlaceObject
from generators.populate import Populate
from generators.redecorate import Redecorate
from generators.remove import RemoveObject
from generators.replace import ReplaceObject
from generators.separate import Separate
from generators.settle import Settle
from generators.shift import ShiftObject
from generators.swap import SwapObjects
from generators.turn import TurnObject
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
"""Every generator, in the order in which a scene is usually made."""
