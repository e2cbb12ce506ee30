"""Words that tell where a run of capitalised words begins to be a name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportedly.lexicon.forms import singular, table


@dataclass(frozen=True, slots=True)
class NameWords:
    """The tables of ``names.toml``, in lower case; see there for what each is."""

    openers: frozenset[str]
    joints: frozenset[str]
    calendar: frozenset[str]
    bodies: frozenset[str]
    qualifiers: frozenset[str]
    postnominals: frozenset[str]
    abbreviations: Mapping[str, str]

    def is_body(self, word: str) -> bool:
        """Whether the word, singular or plural, may end the name of an institution."""
        lowered = word.lower()
        return lowered in self.bodies or singular(lowered) in self.bodies


@functools.cache
def name_words() -> NameWords:
    """The tables, read once."""
    tables = table("names.toml")
    lists = {key: frozenset(tables[key]) for key in NameWords.__slots__ if key != "abbreviations"}
    return NameWords(**lists, abbreviations=MappingProxyType(tables["abbreviations"]))
