"""A person's statements on a line of time for each outlet: filled asserts, hollow denies, a diamond is hedged.

Computed here and drawn by ``timeline.html``, in units of its view box. What falls on one place is one mark, numbered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reportedly.export.words import one_line
from reportedly.store.speaker import Bucket, Point, Shape
from reportedly.web.days import moment_in_words

# Outlets with a line of their own; what others have is put together in the last.
MOST_LANES = 8
# Space above the first line and under the last, in units of the view box: about a pixel each.
TOP, AXIS = 8, 26
# How far marks of one time stand apart.
APART = 11
_CUT = 30  # letters of an outlet's name

SHAPES: dict[Shape, str] = {"asserts": "asserts", "denies": "denies", "hedged": "hedged"}


@dataclass(frozen=True, slots=True)
class Form:
    """The sizes of a drawing.

    ``left`` and ``right`` are free of marks, ``lane`` is a line's height, ``ticks`` how many dates there is room for.
    Where an outlet's name stands over its line it is not beside it.
    """

    width: int
    left: int
    right: int
    lane: int
    ticks: int
    is_over: bool


WIDE = Form(width=1000, left=230, right=50, lane=34, ticks=10, is_over=False)
SLIM = Form(width=340, left=40, right=40, lane=58, ticks=3, is_over=True)


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet's line: ``label`` is cut to fit, ``name`` whole; none for the outlets that share the last."""

    label: str
    label_y: float
    name: str | None
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Statements at one place: where, in what shape, how many, and what of the address means them."""

    x: float
    y: float
    shape: Shape
    statements: int
    when: str
    outlet: str | None
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A time and an outlet, with the number of each shape: the same in a table."""

    when: str
    outlet: str
    shapes: dict[Shape, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is drawn."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    bucket: Bucket
    form: Form

    @property
    def floor(self) -> int:
        """Where the axis is."""
        return TOP + self.form.lane * len(self.lanes)

    @property
    def height(self) -> int:
        """Of the view box."""
        return self.floor + AXIS

    @property
    def begin(self) -> int:
        """Where lines begin."""
        return 0 if self.form.is_over else self.form.left - 14


def timeline(points: Sequence[Point], bucket: Bucket, form: Form = WIDE) -> Timeline | None:
    """The line of some points; None where there are none."""
    if not points:
        return None
    lanes = _lanes(points, form)
    place = {lane.name: lane.y for lane in lanes}
    days = [_day(point.at, bucket).toordinal() for point in points]
    first, last = min(days), max(days)

    def x(day: int) -> float:
        share = (day - first) / (last - first) if last > first else 0.5
        return round(form.left + share * (form.width - form.left - form.right), 1)

    marks = list(_marks(points, place, bucket, x_of=[x(day) for day in days]))
    ticks = tuple(Tick(x(max(first, day.toordinal())), label) for day, label in _ticks(first, last, form.ticks))
    return Timeline(tuple(lanes), tuple(marks), ticks, tuple(_rows(points, bucket)), bucket, form)


def _lanes(points: Iterable[Point], form: Form) -> list[Lane]:
    counts: Counter[str] = Counter()
    for point in points:
        counts[point.outlet] += point.statements
    names = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    shown: list[str | None] = list(names if len(names) <= MOST_LANES else names[: MOST_LANES - 1])
    if len(names) > MOST_LANES:
        shown.append(None)
    others = len(names) - len(shown) + 1
    lanes = []
    for k, name in enumerate(shown):
        y = TOP + form.lane * (k + (0.7 if form.is_over else 0.5))
        lanes.append(Lane(_label(name, others), y - 25 if form.is_over else y + 5, name, y))
    return lanes


def _label(name: str | None, others: int) -> str:
    if name is None:
        return f"{others} other outlets"
    label = one_line(name) or "outlet not known"
    return label if len(label) <= _CUT else f"{label[: _CUT - 1]}…"


def _marks(
    points: Sequence[Point], place: dict[str | None, float], bucket: Bucket, x_of: Sequence[float]
) -> Iterable[Mark]:
    """A mark for all statements of one shape, time and line; those of one time and line stand side by side."""
    together: Counter[tuple[str | None, float, int, Shape]] = Counter()
    for point, x in zip(points, x_of, strict=True):
        outlet = point.outlet if point.outlet in place else None
        together[outlet, x, point.at, point.shape] += point.statements
    beside: Counter[tuple[str | None, float]] = Counter(key[:2] for key in together)
    stood: Counter[tuple[str | None, float]] = Counter()
    for (outlet, x, at, shape), number in together.items():
        here = (outlet, x)
        shift = APART * (stood[here] - (beside[here] - 1) / 2)
        stood[here] += 1
        when = moment_in_words(at, bucket)
        where = "other outlets" if outlet is None else one_line(outlet) or "outlet not known"
        told = f"{when}, {where}: {number} {'statement' if number == 1 else 'statements'}, {SHAPES[shape]}"
        yield Mark(round(x + shift, 1), place[outlet], shape, number, when, outlet, told)


def _rows(points: Iterable[Point], bucket: Bucket) -> Iterable[Row]:
    found: dict[tuple[int, str], dict[Shape, int]] = {}
    for point in points:
        found.setdefault((point.at, point.outlet), {})[point.shape] = point.statements
    for (at, outlet), shapes in sorted(found.items(), reverse=True):
        yield Row(moment_in_words(at, bucket), outlet, shapes)


def _day(moment: int, bucket: Bucket) -> date:
    """The day of a moment; the middle of a month or year."""
    if bucket == "year":
        return date(moment, 7, 1)
    if bucket == "month":
        return date(moment // 100, moment % 100, 15)
    return date(moment // 10_000, moment // 100 % 100, moment % 100)


def _ticks(first: int, last: int, most: int) -> Iterable[tuple[date, str]]:
    """Dates to be written under the axis: days, months or years, as many as there is room for."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    if first == last:
        yield start, start.isoformat()
    elif months == 0:
        yield start, start.isoformat()
        yield end, end.isoformat()
    elif months <= 2 * most:
        step = 1 + months // most
        for month in range(0, months + 1, step):
            year, number = divmod(start.year * 12 + start.month - 1 + month, 12)
            yield date(year, number + 1, 1), f"{year}-{number + 1:02}"
    else:
        years = end.year - start.year
        for year in range(start.year, end.year + 1, 1 + years // most):
            yield date(year, 1, 1), str(year)
