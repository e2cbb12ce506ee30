"""Mentions: who speaks in an article under what name, as the table keeps it beside the statements.

All statements of an article under one name are one mention; the article's reading has told apart already who else has
that name there. Only what has a name can be met in another article, so unnamed sources, groups and documents have none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportedly.store.codes import SPEAKER_TYPES
from reportedly.store.identity import KINDS, NameForm, name_form
from reportedly.store.joining import Sides, Trait
from reportedly.store.mention_table import BETWEEN, kind_of, split_roles
from reportedly.store.roles import Role, roles_in

# Roles of one mention that are kept, the commonest first, and the characters of one: longer ones are no roles.
MOST_ROLES = 4
LONGEST_ROLE = 200


@dataclass(frozen=True, slots=True)
class Named:
    """What an article says of one speaker: a mention that is not in the table yet."""

    key: str
    name: str
    type: int
    roles: str
    statements: int

    def trait(self, published: int) -> Trait:
        """What the rules look at, in an article of that day."""
        return trait_of(self.name, self.type, self.roles, published)


def named(statements: Sequence[Mapping[str, Any]]) -> tuple[list[Named], list[str | None]]:
    """The mentions in an article's rows of statements; and for each row the key of its mention, if it has one."""
    forms = [_form(row) for row in statements]
    keys = [form.key if form is not None else None for form in forms]
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for key, row in zip(keys, statements, strict=True):
        if key is not None:
            rows[key].append(row)
    return [_named(key, said) for key, said in rows.items()], keys


def _form(row: Mapping[str, Any]) -> NameForm | None:
    name, kind = row["speaker"], KINDS.get(SPEAKER_TYPES[row["type"]])  # type: ignore[call-overload]
    return name_form(name, kind) if name is not None and kind is not None and not row["anonymous"] else None


def _named(key: str, rows: Sequence[Mapping[str, Any]]) -> Named:
    roles = Counter(" ".join(row["role"].split())[:LONGEST_ROLE] for row in rows if row["role"])
    kind = Counter(row["type"] for row in rows).most_common(1)[0][0]
    return Named(
        key=key,
        name=max((row["speaker"] for row in rows if row["type"] == kind), key=lambda name: (len(name), name)),
        type=kind,
        roles=BETWEEN.join(role for role, _ in roles.most_common(MOST_ROLES)),
        statements=len(rows),
    )


def trait_of(name: str, kind: int, roles: str, published: int, sides: Sides = frozenset()) -> Trait:
    """What the rules look at in a mention."""
    return Trait(form_of(name, kind), roles_of(roles), published // 10_000, sides)


def form_of(name: str, kind: int) -> NameForm:
    """The form of a name that is kept, and the number of its type."""
    form = name_form(name, KINDS[kind_of(kind)])
    assert form is not None, "only names are kept"  # noqa: S101
    return form


@lru_cache(50_000)
def roles_of(text: str) -> tuple[Role, ...]:
    """The roles of a mention, taken apart."""
    return tuple(dict.fromkeys(role for given in split_roles(text) for role in roles_in(given)))
