"""Which mentions of one name are one person's: the rules by which the program joins, and nothing else.

What is joined depends on the mentions alone, not on the order in which they came. The rules are meant to be right where
they join: what is less sure is left for ``suggestions``. A rule that is changed gets a new number; old libraries keep
the old one beside each mention that it joined, until that mention's name is seen again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.store.identity import Bearers, NameForm
from reportedly.store.roles import Match, Role, best

# Roles further apart than this, in years, do not show that two people of one name are one.
MOST_YEARS = 3

# Every rule there has been, by name and version, with its score: how sure it is, from 0 to 1 (benchmarks/people.py).
# New ones are added at the end: libraries hold the places.
RULES = (
    ("one rare name 1", 0.97),
    ("one name and office 1", 0.99),
    ("one name and place or body 1", 0.98),
    ("one name and calling 1", 0.95),
    ("one name and field 1", 0.93),
    ("one organisation's name 1", 0.98),
    ("one name, mostly of one person 1", 0.9),
)
_RARE, _OFFICE, _PLACE, _ROLE, _FIELD, _BODY, _MOSTLY = range(len(RULES))
_BY_ROLE = {Match.OFFICE: _OFFICE, Match.PLACE: _PLACE, Match.ROLE: _ROLE, Match.FIELD: _FIELD}
# How well roles must go together, by how many may bear the name. No role is enough for what is no full name.
_LEAST: Mapping[Bearers, Match] = {"one": Match.OPEN, "few": Match.FIELD, "many": Match.PLACE}
# A mention without a role is taken for the person who has at least so many roles under the name, and so many times as
# many as any other who has it. One who is known is called many things.
_MAIN: Mapping[Bearers, int] = {"one": 3, "few": 5, "many": 5}

# On which side of a judgement that two are different a mention stands: (number of the judgement, side).
Sides = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Trait:
    """All that the rules look at in a mention: two mentions with the same trait are alike to them.

    ``year`` is 0 where the article has no date.
    """

    form: NameForm
    roles: tuple[Role, ...]
    year: int
    sides: Sides = frozenset()

    @property
    def order(self) -> tuple[object, ...]:
        """Those that were judged about first, then the most telling, in whatever order they came."""
        places = sum(len(role.places) + len(role.charge) for role in self.roles)
        said = sorted((role.calling, *sorted(role.charge), *sorted(role.places)) for role in self.roles)
        form = self.form
        known = (form.kind, form.initials, form.suffix, self.year, sorted(self.sides))
        return (not self.sides, -places, -len(said), said, known)


def rule_for(a: Trait, b: Trait) -> int | None:
    """The rule by which two mentions of one name are one person's; None where no rule says so."""
    if clash(a, b):
        return None
    if a.form.kind == "body":
        return _BODY if a.form.bearers == "one" else None
    least = _LEAST.get(a.form.bearers)
    match = best(a.roles, b.roles)
    if least is None or match < least:
        return None
    if match > Match.OPEN and _near(a, b):
        return _BY_ROLE[match]
    return _RARE if least is Match.OPEN and not (_has_calling(a) and _has_calling(b) and match is Match.OPEN) else None


def clash(a: Trait, b: Trait) -> bool:
    """Whether anything speaks against two mentions of one name being one person's."""
    forms = a.form, b.form
    return (
        forms[0].kind != forms[1].kind
        or bool(forms[0].initials and forms[1].initials and not _fit(forms[0].initials, forms[1].initials))
        or forms[0].suffix != forms[1].suffix
        or any((number, 1 - side) in b.sides for number, side in a.sides)
        or (bool(a.roles) and bool(b.roles) and best(a.roles, b.roles) is Match.CLASH)
    )


def _fit(some: str, others: str) -> bool:
    return some.startswith(others) or others.startswith(some)


def _has_calling(trait: Trait) -> bool:
    return any(role.calling for role in trait.roles)


def _near(a: Trait, b: Trait) -> bool:
    return not a.year or not b.year or abs(a.year - b.year) <= MOST_YEARS


# Mentions, by number, that the rules take for one person's; with each the rule that joined it, or None if it is alone.
Group = Mapping[int, int | None]


def groups(mentions: Mapping[int, Trait]) -> list[Group]:
    """The mentions of one name, by person.

    First those that have roles: each trait goes to those before it that a rule joins it with and that nothing speaks
    against. One that would go to two that cannot be one person stays alone: a "minister" between the ministers of two
    countries. Then those without: they go to the one who has the name, or whom nearly all else of it is about.
    """
    alike: dict[Trait, list[int]] = defaultdict(list)
    for number in sorted(mentions):
        alike[mentions[number]].append(number)
    joined: list[list[Trait]] = []
    alone: list[Trait] = []
    for trait in sorted(alike, key=lambda trait: trait.order):
        found = _belongs_to(trait, joined)
        if found is None:
            alone.append(trait)
        else:
            joined = [group for group in joined if group not in found]
            joined.append([*(other for group in found for other in group), trait])
    return [
        *({number: rule for trait, rule in _ruled(group, alike) for number in alike[trait]} for group in joined),
        *({number: None} for trait in alone for number in alike[trait]),
    ]


def _belongs_to(trait: Trait, joined: Sequence[list[Trait]]) -> Sequence[list[Trait]] | None:
    """The groups that a trait goes to, and so makes one; none for a group of its own, None if it stays alone."""
    open_to = [group for group in joined if not any(clash(trait, other) for other in group)]
    fitting = [group for group in open_to if any(rule_for(trait, other) is not None for other in group)]
    if rule_for(trait, trait) is not None and not _differ(fitting):
        return fitting
    main = _main(trait, open_to) if not trait.roles else None
    if main is None:
        return None
    return [main, *(group for group in fitting if group is not main and not _differ([main, group]))]


def _main(trait: Trait, joined: Sequence[list[Trait]]) -> list[Trait] | None:
    """The group of the person whom nearly all is about that is said of bearers of this name; None if there is none.

    That is told by the number of different roles that they are given, not by how often.
    """
    if trait.form.kind == "body" or trait.form.bearers == "any":
        return None
    near = [group for group in joined if any(_near(trait, other) for other in group)]
    counted = sorted(near, key=_roles_given, reverse=True)
    most, next_most = (*map(_roles_given, counted), 0, 0)[:2]
    least = _MAIN[trait.form.bearers]
    return counted[0] if most >= least and most >= least * next_most else None


def _roles_given(group: Sequence[Trait]) -> int:
    return len({trait.roles for trait in group if trait.roles})


def _differ(found: Sequence[Sequence[Trait]]) -> bool:
    """Whether some of these cannot be one person."""
    return any(clash(a, b) for one, other in combinations(found, 2) for a in one for b in other)


def _ruled(group: Sequence[Trait], alike: Mapping[Trait, Sequence[int]]) -> Iterator[tuple[Trait, int | None]]:
    """Each trait with the surest rule by which it belongs to the others, or its own mentions to one another."""
    for trait in group:
        others = (other for other in group if other is not trait or len(alike[trait]) > 1)
        rules = [rule for other in others if (rule := rule_for(trait, other)) is not None]
        is_alone = len(group) == 1 and len(alike[trait]) == 1
        yield trait, max(rules, key=lambda rule: RULES[rule][1], default=None if is_alone else _MOSTLY)
