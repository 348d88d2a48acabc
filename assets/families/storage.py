"""Storage furniture: chests, bookcases, wardrobes and kitchen units."""

from __future__ import annotations

from collections.abc import Sequence

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk
from sage.assets.family import Family
from sage.assets.fittings import BOARD, GAP, REST, Fronts, Panel, door, drawer, legs, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES", "WORKTOP", "Case", "base_unit", "worktop"]

_BACK = 0.008
_TOP = 0.022


class Case:
    """Carcass of a piece of storage furniture, open to the front, with a top board and a plinth or legs.

    Args:
        builder: asset builder that receives it.
        size: outer depth, width, height, fronts and handles included [m].
        lift: height of the base [m]: 0 for none, below 0.1 for a plinth, above for legs.
        density: largest density of the boards [kg/m3].
        wood: material of the boards; None chooses timber.
        look: design of the fronts; None chooses one.
    """

    def __init__(
        self,
        builder: AssetBuilder,
        size: Vec3,
        *,
        lift: float,
        density: float = 540.0,
        wood: Material | None = None,
        look: Fronts | None = None,
    ) -> None:
        self.builder, self.part = builder, builder.part()
        self.wood = wood or timber(builder.style)
        self.size, self.lift = size, lift
        rng = builder.style.rng
        two_tone = rng.random() < 0.3
        fronts = (
            builder.style.part("painted wood", builder.style.colour("painted wood", "white", "grey"))
            if two_tone
            else self.wood
        )
        self.look = look or Fronts.choose(builder.style, fronts)
        depth, width, height = size
        self.back = -depth / 2
        self.front = depth / 2 - self.look.depth
        self.top = height - _TOP
        self.fill = solid_share(self.wood, density)
        self._foot()
        tall = self.top - lift
        middle = (self.back + self.front) / 2
        self.part.carcass(
            (self.front - self.back, width, tall),
            (middle, 0, lift + tall / 2),
            BOARD,
            self.wood,
            back=_BACK,
            fill=self.fill,
        )
        deep = depth - self.look.reach + 0.012
        place = (self.back + deep / 2, 0, height - _TOP / 2)
        self.part.box((deep, width, _TOP), place, self.wood, bevel=0.004, fill=self.fill)

    def _foot(self) -> None:
        if not self.lift:
            return
        depth, width = self.front - self.back, self.size[1]
        middle = (self.back + self.front) / 2
        if self.lift > 0.1:
            kind = "splayed" if self.builder.style.rng.random() < 0.4 else "tapered"
            legs(
                self.part,
                "splayed" if kind == "splayed" else "tapered",
                (depth - 0.01, width - 0.03),
                self.lift,
                0.042,
                self.wood,
                x=middle,
            )
            return
        place = (middle - 0.01, 0, self.lift / 2)
        self.part.box((depth - 0.03, width - 0.03, self.lift), place, self.wood, bevel=0.0, fill=self.fill)

    @property
    def face(self) -> Panel:
        """Area available for fronts."""
        half = self.size[1] / 2 - 0.001
        return Panel(-half, half, self.lift + 0.002, self.top - GAP)

    @property
    def cavity(self) -> Panel:
        """Clear opening between the boards."""
        half = self.size[1] / 2 - BOARD
        return Panel(-half, half, self.lift + BOARD, self.top - BOARD)

    @property
    def inner_depth(self) -> float:
        """Clear depth from the back board to the front edge of the carcass [m]."""
        return self.front - self.back - _BACK

    def free_top(self) -> None:
        """Add the support surface on the top board."""
        depth = self.front - self.back
        middle = (self.front + self.back) / 2
        self.builder.surface("top", (middle, 0, self.size[2]), (depth - 0.01, self.size[1] - 0.02))

    def drawers(self, rows: Sequence[Sequence[Panel]], cavity: Panel | None = None) -> None:
        """Add drawers, numbered row by row from the top left.

        Args:
            rows: front panels of the drawers, by row.
            cavity: space available to the boxes behind the fronts; None for `self.cavity`.
        """
        index = 0
        for row in rows:
            for panel in row:
                index += 1
                drawer(
                    self.builder,
                    f"drawer_{index}",
                    self.look,
                    self.front + REST,
                    panel,
                    cavity or self.cavity,
                    self.inner_depth - 0.012,
                )

    def board(self, panel: Panel, z: float) -> None:
        """Add a fixed shelf board across a panel's width, with its upper side at height `z` [m]."""
        depth = self.inner_depth - 0.004
        place = (self.back + _BACK + depth / 2, panel.center[0], z - BOARD / 2)
        self.part.box((depth, panel.width, BOARD), place, self.wood, bevel=0.001, fill=self.fill)

    def wall(self, y: float, panel: Panel) -> None:
        """Add a vertical board centred at `y` [m] along a panel's height."""
        depth = self.inner_depth
        place = (self.back + _BACK + depth / 2, y, panel.center[1])
        self.part.box((depth, BOARD, panel.height), place, self.wood, bevel=0.001, fill=self.fill)

    def space(self, name: str, panel: Panel, *, joint: str | None = None, shelf: bool = False) -> None:
        """Add the support surface on the floor of a compartment.

        Args:
            name: name of the surface.
            panel: opening of the compartment.
            joint: name of the joint that must be open to reach it; None for an open compartment.
            shelf: whether objects on it are both on and in the furniture.
        """
        depth = self.inner_depth - 0.016
        center = (self.back + _BACK + 0.006 + depth / 2, panel.center[0], panel.bottom)
        self.builder.surface(
            name,
            center,
            (depth, panel.width - 0.01),
            placement="in",
            joint=joint,
            shelf=shelf,
            height=panel.height - 0.002,
        )


def nightstand(builder: AssetBuilder, size: Vec3) -> None:
    """Build a nightstand with one or two drawers; with one, an open compartment below."""
    case = Case(builder, size, lift=float(builder.style.rng.choice([0.05, 0.12, 0.16])))
    if builder.style.rng.random() < 0.5:
        case.drawers([[panel] for panel in case.face.rows((1, 1))])
    else:
        high, low = case.cavity.rows((0.8, 1.2), gap=BOARD)
        case.board(case.cavity, low.top + BOARD)
        case.space("shelf_1", low, shelf=True)
        front = Panel(case.face.left, case.face.right, high.bottom - BOARD + 0.002, case.face.top)
        case.drawers([[front]], high)
    case.free_top()


def dresser(builder: AssetBuilder, size: Vec3) -> None:
    """Build a chest of three or four rows of drawers."""
    rng = builder.style.rng
    case = Case(builder, size, lift=float(rng.choice([0.06, 0.12])))
    rows = 4 if size[2] > 0.92 or rng.random() < 0.3 else 3
    shares = [0.8, *[1.0] * (rows - 1)] if rng.random() < 0.6 else [1.0] * rows
    split = int(rng.integers(1, 3)) if size[1] < 0.95 else int(rng.choice([1, rows, rows]))
    wide = 2 if size[1] >= 0.95 and split == rows else 1
    columns = [2 if wide == 2 or (index == 0 and split == 2) else 1 for index in range(rows)]
    case.drawers([p.columns(n) for p, n in zip(case.face.rows(shares), columns, strict=True)])
    case.free_top()


def bookcase(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bookcase: shelf boards between two sides and a back."""
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style)
    back_wood = style.part("painted wood", "white") if rng.random() < 0.3 else wood
    depth, width, height = size
    side = float(rng.uniform(0.018, 0.028))
    plinth, fill = float(rng.uniform(0.05, 0.09)), solid_share(wood)
    crown = 0.022
    over = 0.01 if rng.random() < 0.5 else 0.0
    inner = width - 2 * side - 2 * over
    for sign in (-1, 1):
        place = (0, sign * (inner + side) / 2, (height - crown) / 2)
        part.box((depth - over, side, height - crown), place, wood, bevel=0.002, fill=fill)
    part.box((depth, width, crown), (0, 0, height - crown / 2), wood, bevel=0.004, fill=fill)
    part.box((depth - 0.03, inner, plinth), (-0.01, 0, plinth / 2), wood, bevel=0.0, fill=0.8 * fill)
    tall = height - crown - plinth
    back = -(depth - over) / 2
    part.box((_BACK, inner, tall), (back + _BACK / 2, 0, plinth + tall / 2), back_wood, bevel=0.0, fill=fill)
    count = max(3, round(tall / float(rng.uniform(0.3, 0.36))))
    deep = depth - over - _BACK - 0.004
    floors = Panel(-inner / 2, inner / 2, plinth, height - crown).rows([1.0] * count, gap=BOARD)
    for index, clear in enumerate(floors, start=1):
        last = index == count
        floor = clear.bottom
        if not last:
            middle = (back + _BACK + deep / 2, 0, floor - BOARD / 2)
            part.box((deep, inner, BOARD), middle, wood, bevel=0.002, fill=fill)
        reach = deep - 0.01 if not last else deep - 0.03
        builder.surface(
            f"shelf_{index}",
            (back + _BACK + 0.005 + reach / 2, 0, floor),
            (reach, inner - 0.01),
            placement="in",
            shelf=True,
            height=clear.height - 0.002,
        )
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02))


def shelf(builder: AssetBuilder, size: Vec3) -> None:
    """Build an open shelving unit: boards between four posts."""
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style)
    steel = style.part("metal", style.colour("metal", "black", "silver", "grey"))
    frame = steel if rng.random() < 0.6 else wood
    depth, width, height = size
    post, fill, plate = 0.03, solid_share(frame, 1300), 0.024
    for x in (-1, 1):
        for y in (-1, 1):
            place = (x * (depth - post) / 2, y * (width - post) / 2, height / 2)
            part.box((post, post, height), place, frame, fill=fill)
    count = max(3, round((height - 0.1) / float(rng.uniform(0.36, 0.46))))
    below = 0.1
    floors = Panel(-width / 2, width / 2, below, height - plate).rows([1.0] * count, gap=plate)
    inner = width - 2 * post
    patch = (depth - 0.03, inner - 0.01)
    for z in (height - plate / 2, *(clear.bottom - plate / 2 for clear in floors)):
        part.box((depth - 0.004, inner, plate), (0, 0, z), wood, bevel=0.002, fill=solid_share(wood))
        for sign in (-1, 1):
            place = (0, sign * (width - post) / 2, z)
            part.box((depth - 2 * post, post * 0.7, plate), place, frame, bevel=0.001, fill=fill)
    builder.surface("top", (0, 0, height), patch)
    for index, clear in enumerate(floors, start=1):
        builder.surface(
            f"shelf_{index}",
            (0, 0, clear.bottom),
            patch,
            placement="in",
            shelf=True,
            height=clear.height - 0.002,
        )
    if rng.random() < 0.6:
        edge, reach = -depth / 2 + 0.006, width / 2 - post
        for sign in (-1, 1):
            part.bar((edge, -sign * reach, below), (edge, sign * reach, height - 0.1), 0.008, steel, sides=4)


def wardrobe(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wardrobe with two doors, a shelf above a rail and sometimes a drawer below."""
    rng = builder.style.rng
    case = Case(builder, size, lift=0.07)
    face, cavity = case.face, case.cavity
    deep = rng.random() < 0.4
    if deep:
        tall = float(rng.uniform(0.22, 0.28))
        upper = Panel(face.left, face.right, face.bottom + tall + GAP, face.top)
        floor = upper.bottom + BOARD
        case.board(cavity, floor)
        case.drawers([Panel(face.left, face.right, face.bottom, face.bottom + tall).columns(2)])
    else:
        upper, floor = face, cavity.bottom
    board = cavity.top - float(rng.uniform(0.28, 0.36))
    case.board(cavity, board)
    joint = "door_1_joint"
    case.space("shelf_1", Panel(cavity.left, cavity.right, board, cavity.top), joint=joint)
    rail = board - BOARD - 0.06
    x = (case.front + case.back) / 2
    case.part.bar((x, cavity.left, rail), (x, cavity.right, rail), 0.025, case.look.metal, fill=0.3)
    case.space("inside", Panel(cavity.left, cavity.right, floor, rail - 0.02), joint=joint)
    left, right = upper.columns(2)
    grip = 1.05
    door(builder, "door_1", case.look, case.front + REST, left, "left", grip=grip)
    door(builder, "door_2", case.look, case.front + REST, right, "right", grip=grip)
    case.free_top()


def tv_stand(builder: AssetBuilder, size: Vec3) -> None:
    """Build a low cabinet with an open middle between two doors or drawers."""
    rng = builder.style.rng
    case = Case(builder, size, lift=float(rng.choice([0.05, 0.12, 0.15])), density=400.0)
    cavity = case.cavity
    sides = float(rng.uniform(0.28, 0.34)) * size[1]
    walls = (cavity.left + sides, cavity.right - sides)
    for y in walls:
        case.wall(y, cavity)
    middle = Panel(walls[0] + BOARD / 2, walls[1] - BOARD / 2, cavity.bottom, cavity.top)
    high, low = middle.rows((1.0, 1.3), gap=BOARD)
    case.board(middle, high.bottom)
    case.space("shelf_1", high, shelf=True)
    case.space("shelf_2", low, shelf=True)
    left = Panel(case.face.left, walls[0], case.face.bottom, case.face.top)
    right = Panel(walls[1], case.face.right, case.face.bottom, case.face.top)
    x = case.front + REST
    if rng.random() < 0.4:
        rows = 2 if left.height > 0.3 else 1
        cells = []
        for index in range(rows):
            cells.append([left.rows([1.0] * rows)[index], right.rows([1.0] * rows)[index]])
        index = 0
        for row in cells:
            for panel, (start, end) in zip(
                row, ((cavity.left, walls[0] - BOARD / 2), (walls[1] + BOARD / 2, cavity.right)), strict=True
            ):
                index += 1
                clear = Panel(start, end, cavity.bottom, cavity.top)
                drawer(builder, f"drawer_{index}", case.look, x, panel, clear, case.inner_depth - 0.012)
    else:
        door(builder, "door_1", case.look, x, left, "left")
        door(builder, "door_2", case.look, x, right, "right")
        clear = Panel(cavity.left, walls[0] - BOARD / 2, cavity.bottom, cavity.top)
        case.space("inside", clear, joint="door_1_joint")
        clear = Panel(walls[1] + BOARD / 2, cavity.right, cavity.bottom, cavity.top)
        case.space("inside_2", clear, joint="door_2_joint")
    case.free_top()


_PLINTH = 0.1
WORKTOP = 0.036
"""Thickness of a worktop [m]."""


def base_unit(
    builder: AssetBuilder, part: Part, size: Vec3, wood: Material, look: Fronts, *, open_top: bool = False
) -> Panel:
    """Build the carcass of a kitchen base unit, with its back at -x, and return its clear opening.

    Fronts and handles do not protrude beyond the worktop, whose front edge is the front of `size`.

    Args:
        builder: asset builder that receives it.
        part: root part.
        size: outer depth, width, height, worktop included [m].
        wood: material of the boards.
        look: design of the fronts.
        open_top: whether to leave the top of the carcass open for a basin.
    """
    depth, width, height = size
    deep = depth - look.depth - 0.004
    tall = height - WORKTOP - _PLINTH
    fill = solid_share(wood, 500)
    middle = -depth / 2 + deep / 2
    plinth = (deep - 0.04, width, _PLINTH)
    part.box(plinth, (middle - 0.02, 0, _PLINTH / 2), wood, bevel=0.0, fill=0.7 * fill)
    if open_top:
        _open_carcass(part, (deep, width, tall), (middle, 0, _PLINTH + tall / 2), wood, fill)
    else:
        part.carcass((deep, width, tall), (middle, 0, _PLINTH + tall / 2), BOARD, wood, back=_BACK, fill=fill)
    half = width / 2 - BOARD
    return Panel(-half, half, _PLINTH + BOARD, _PLINTH + tall - (0 if open_top else BOARD))


def _open_carcass(part: Part, size: Vec3, center: Vec3, wood: Material, fill: float) -> None:
    """Add a carcass without a top, with space for a basin."""
    depth, width, height = size
    x, y, z = center
    for sign in (-1, 1):
        part.box((depth, BOARD, height), (x, y + sign * (width - BOARD) / 2, z), wood, bevel=0.002, fill=fill)
    inner = width - 2 * BOARD
    part.box((depth, inner, BOARD), (x, y, z - (height - BOARD) / 2), wood, bevel=0.0, fill=fill)
    place = (x - (depth - _BACK) / 2, y, z + BOARD / 2)
    part.box((_BACK, inner, height - BOARD), place, wood, bevel=0.0, fill=fill)


def worktop(builder: AssetBuilder) -> tuple[Material, float]:
    """Return the material of a worktop and its fill factor, which limits the mass of stone slabs."""
    style = builder.style
    kind = str(style.rng.choice(["stone", "stone", "wood"]))
    chosen = style.requested.get("worktop", f"{kind} {style.colour(kind)}")
    material = style.part(*chosen.split())
    style.attributes["worktop"] = chosen
    return material, bulk(material, 700)


def counter(builder: AssetBuilder, size: Vec3) -> None:
    """Build a kitchen unit: a row of drawers above one or two doors, below a worktop."""
    style, part = builder.style, builder.part()
    wood = timber(style, "painted wood", "painted wood", "wood")
    look = Fronts.choose(style, wood, reach=0.03)
    slab, fill = worktop(builder)
    depth, width, height = size
    cavity = base_unit(builder, part, size, wood, look)
    part.box((depth, width, WORKTOP), (0, 0, height - WORKTOP / 2), slab, bevel=0.004, fill=fill)
    front = depth / 2 - look.depth - 0.004
    x = front + REST
    inner = front + depth / 2 - _BACK
    two = width > 0.56
    face = Panel(-width / 2 + 0.0015, width / 2 - 0.0015, _PLINTH + 0.002, height - WORKTOP - GAP)
    high, low = face.rows((0.24, 1.0))
    split = low.top + GAP / 2
    board = (-depth / 2 + _BACK + inner / 2, 0, split - BOARD / 2)
    part.box((inner, cavity.width, BOARD), board, wood, bevel=0.0, fill=solid_share(wood))
    boxes = Panel(cavity.left, cavity.right, split, cavity.top)
    for index, panel in enumerate(high.columns(2 if two else 1), start=1):
        drawer(builder, f"drawer_{index}", look, x, panel, boxes, inner - 0.012)
    clear = split - BOARD - cavity.bottom
    shelf_top = cavity.bottom + 0.5 * clear
    deep = inner - 0.06
    place = (-depth / 2 + _BACK + deep / 2, 0, shelf_top - BOARD / 2)
    part.box((deep, cavity.width, BOARD), place, wood, bevel=0.001, fill=solid_share(wood))
    joint = "door_1_joint"
    for index, (bottom, top, reach) in enumerate(
        ((shelf_top, split - BOARD, deep), (cavity.bottom, shelf_top - BOARD, inner)), start=1
    ):
        center = (-depth / 2 + _BACK + reach / 2, 0, bottom)
        builder.surface(
            f"shelf_{index}",
            center,
            (reach - 0.01, cavity.width - 0.01),
            placement="in",
            joint=joint,
            height=top - bottom - 0.002,
        )
    grip = low.top - 0.16
    if two:
        left, right = low.columns(2)
        door(builder, "door_1", look, x, left, "left", grip=grip)
        door(builder, "door_2", look, x, right, "right", grip=grip)
    else:
        hinge = "left" if style.rng.random() < 0.5 else "right"
        door(builder, "door_1", look, x, low, "left" if hinge == "left" else "right", grip=grip)
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02))


FAMILIES = (
    Family(
        "nightstand", "stand.n.04", (0.38, 0.42, 0.5), (0.48, 0.54, 0.65), nightstand, "nightstand",
        words=("bedside table", "night stand"), mount="floor",
    ),
    Family(
        "dresser", "chest_of_drawers.n.01", (0.44, 0.75, 0.75), (0.52, 1.15, 1.1), dresser, "bottom_cabinet",
        words=("chest of drawers",), mount="floor",
    ),
    Family(
        "bookcase", "bookcase.n.01", (0.28, 0.7, 1.2), (0.36, 1.0, 2.0), bookcase, "bookcase",
        words=("bookshelf",), mount="floor",
    ),
    Family(
        "shelf", "shelf.n.01", (0.32, 0.8, 1.2), (0.42, 1.1, 1.9), shelf, "bookcase",
        words=("shelves", "shelving unit"), mount="floor",
    ),
    Family(
        "rack", "rack.n.01", (0.3, 0.5, 0.8), (0.4, 0.85, 1.5), shelf, "dish_rack_cart",
        words=("storage rack",), mount="floor",
    ),
    Family(
        "wardrobe", "wardrobe.n.01", (0.56, 1.0, 1.9), (0.64, 1.4, 2.2), wardrobe, "wardrobe",
        words=("closet",), mount="floor",
    ),
    Family(
        "tv stand", "console_table.n.01", (0.38, 1.2, 0.42), (0.44, 1.6, 0.54), tv_stand, "console_table",
        words=("media console", "tv cabinet"), mount="floor",
    ),
    Family(
        "counter", "countertop.n.01", (0.6, 0.45, 0.9), (0.6, 1.15, 0.9), counter, "bottom_cabinet",
        words=("kitchen counter", "countertop", "worktop", "cabinet"), mount="floor", fixed=True,
    ),
)  # fmt: skip
