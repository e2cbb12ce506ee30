"""States, and the places that stand for their governments: "the Kremlin", "Downing Street", "Beijing"."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.lexicon.forms import bare, look_up, plain, table


@dataclass(frozen=True, slots=True)
class State:
    """A state (or a region or union that acts like one) by its usual name, adjective and capitals."""

    name: str
    adjective: str
    capitals: tuple[str, ...]

    @property
    def government(self) -> str:
        """What its government is called: "Russian government"."""
        return f"{self.adjective} government"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that stands for a body: its kind, the state (None where several), the body that speaks.

    ``doubt`` is true where the words as often mean the place itself, a person or another state's body.
    """

    name: str
    body: str
    state: str | None
    speaks: str
    doubt: bool = False


@functools.cache
def states() -> Mapping[str, State]:
    """Every state of ``seats.toml`` by each of its names."""
    found: dict[str, State] = {}
    for row in table("seats.toml")["states"]:
        state = State(row["names"][0], row["adjective"], tuple(row["capitals"]))
        for name in row["names"]:
            found.setdefault(name, state)
    return types.MappingProxyType(found)


@functools.cache
def adjectives() -> Mapping[str, State]:
    """States by adjective ("Syrian"), without the few adjectives that two states share ("Congolese")."""
    found: dict[str, State] = {}
    shared: set[str] = set()
    for state in dict.fromkeys(states().values()):
        if state.adjective in found:
            shared.add(state.adjective)
        found[state.adjective] = state
    return types.MappingProxyType({word: state for word, state in found.items() if word not in shared})


@functools.cache
def seats() -> Mapping[str, Seat]:
    """Every seat of ``seats.toml`` by name, and the capital of every state; letter case counts."""
    tables = table("seats.toml")
    doubtful = {bare(name) for name in tables["whether"]}
    found: dict[str, Seat] = {}
    for name, body, state, speaks in tables["seats"]:
        found[bare(name)] = Seat(name, body, state or None, speaks, bare(name) in doubtful)
    for home in dict.fromkeys(states().values()):
        for capital in home.capitals:
            key = bare(capital)
            found.setdefault(key, Seat(capital, "government", home.name, home.government, key in doubtful))
    return types.MappingProxyType(found)


def seat(words: str) -> Seat | None:
    """The seat that these words name ("the Kremlin", "Beijing"), or None."""
    return look_up(seats(), words)


def state(words: str) -> State | None:
    """The state of that name or short form ("Britain", "the U.S.", "Burma"), or None."""
    return look_up(states(), words)


def state_of_adjective(word: str) -> State | None:
    """The state that the adjective belongs to ("Syrian"), or None where none or several."""
    return adjectives().get(plain(word))
