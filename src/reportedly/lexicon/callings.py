"""What people do, and what bodies have charge of: words that many share, and that tell one bearer from another."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from reportedly.lexicon.forms import table


@functools.cache
def fields() -> Mapping[str, str]:
    """The field of every calling of ``callings.toml`` ("striker": "sport")."""
    return MappingProxyType(
        {word: field for field, words in table("callings.toml")["fields"].items() for word in words}
    )


@functools.cache
def may_cross(field: str, other: str) -> bool:
    """Whether people often work in both fields."""
    pairs = table("callings.toml")["crossings"]["between"]
    return [field, other] in pairs or [other, field] in pairs


def one_word_for(calling: str) -> str:
    """The word by which a calling of several names is compared ("spokeswoman": "spokesman"); else itself."""
    return _same().get(calling, calling)


@functools.cache
def _same() -> Mapping[str, str]:
    return MappingProxyType({word: row[0] for row in table("callings.toml")["same"]["words"] for word in row})


@functools.cache
def charges() -> frozenset[str]:
    """Words in the singular for what bodies and ministers have charge of ("health", "harbour")."""
    return frozenset(table("callings.toml")["bodies"]["charges"])


@functools.cache
def common_body_words() -> frozenset[str]:
    """Words in the singular that bodies of many countries and towns have in their names ("health", "national")."""
    return charges() | frozenset(table("callings.toml")["bodies"]["vague"])
