"""Makers and readings, as the tables hold them: what more than one part of the library asks for."""

from __future__ import annotations

from typing import Any, NamedTuple

from reportedly.schema import Maker, Reading
from reportedly.store.database import Session
from reportedly.store.records import unpack_record, unpack_text

# Stands for a reading that names no maker, as gold does.
_NOBODY = Maker("", "", "")

READINGS = (
    "SELECT r.record, r.article, a.hash, a.text, m.program, m.model, m.weights FROM reading AS r"
    " JOIN article AS a ON r.article = a.id JOIN maker AS m ON r.maker = m.id"
)
OF_MAKER = "m.program = :program AND m.model = :model AND m.weights = :weights"


class Row(NamedTuple):
    """A reading, as ``READINGS`` gives it."""

    record: bytes
    article: int
    hash: str
    text: bytes
    program: str
    model: str
    weights: str

    @property
    def maker(self) -> Maker | None:
        """Who made it."""
        found = Maker(self.program, self.model, self.weights)
        return None if found == _NOBODY else found

    def reading(self) -> Reading:
        """The reading."""
        return unpack_record(self.record, unpack_text(self.text), self.maker)


def readings(session: Session, condition: str, **values: Any) -> list[Row]:
    """The readings that a condition holds for."""
    return [Row(*row) for row in session.rows(f"{READINGS} WHERE {condition}", **values)]


def names_of(maker: Maker | None) -> dict[str, str]:
    """The three names of a maker, as values of SQL."""
    maker = maker or _NOBODY
    return {"program": maker.program, "model": maker.model, "weights": maker.weights}


def maker_key(session: Session, maker: Maker | None) -> int:
    """The number of a maker, who is written down where it is new."""
    names = names_of(maker)
    key = session.value(f"SELECT m.id FROM maker AS m WHERE {OF_MAKER}", **names)  # noqa: S608 - no value is in it
    return int(key) if key is not None else session.inserted("maker", **names)
