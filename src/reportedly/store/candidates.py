"""Which people are compared: those whose names sound alike, and of very many of one name not each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from reportedly.store.database import Session
from reportedly.store.identity import NameForm
from reportedly.store.likeness import Likeness, blocks, likeness
from reportedly.store.mention_table import split_roles
from reportedly.store.mentions import form_of

# Of more people under one name than this, each is compared with the greatest of them and with those next in time.
MOST_EACH_WITH_EACH = 12
# How many of the greatest, and how many next in time.
GREATEST, NEXT = 3, 2
# Whoever speaks in more articles than this is in everybody's company.
MOST_ARTICLES = 50


@dataclass(slots=True, eq=False)
class Someone:
    """A person, by all mentions: what is compared. ``days`` are the first and the last."""

    number: int
    forms: set[NameForm] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    outlets: set[int] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    company: frozenset[int] = frozenset()
    # Whether one word of the name is all that is known of it.
    is_short: bool = True


def everybody(session: Session) -> dict[int, Someone]:
    """Everybody, by number."""
    found: dict[int, Someone] = {}
    for person, name, kind, roles, article, outlet, published in session.rows(
        "SELECT m.person, m.name, m.type, m.roles, m.article, a.outlet, a.published"
        " FROM mention AS m JOIN article AS a ON a.id = m.article"
    ):
        someone = found.get(person)
        if someone is None:
            someone = found[person] = Someone(person)
        someone.names.add(name)
        someone.forms.add(form_of(name, kind))
        someone.roles.update(split_roles(roles))
        someone.articles.add(article)
        if outlet is not None:
            someone.outlets.add(outlet)
        if published:
            someone.days.append(published)
    for someone in found.values():
        someone.days = [min(someone.days), max(someone.days)] if someone.days else []
        someone.is_short = all(form.kind == "person" and len(form.words) == 1 for form in someone.forms)
    _meet(found)
    return found


def _meet(people: Mapping[int, Someone]) -> None:
    """Note of everybody who else speaks in their articles, and in some others."""
    in_article: dict[int, list[int]] = defaultdict(list)
    for someone in people.values():
        if 1 < len(someone.articles) <= MOST_ARTICLES:
            for article in someone.articles:
                in_article[article].append(someone.number)
    for someone in people.values():
        there = {number for article in someone.articles for number in in_article.get(article, ())}
        someone.company = frozenset(there - {someone.number})


# Those whose names have the same forms.
_Namesakes = tuple[frozenset[NameForm], list[Someone]]


def candidates(people: Iterable[Someone], only: int | None) -> Iterator[tuple[Someone, Someone, Likeness]]:
    """Pairs to be compared, perhaps several times, with how alike the names are; or those with one person."""
    by_forms: dict[frozenset[NameForm], list[Someone]] = defaultdict(list)
    for someone in people:
        by_forms[frozenset(someone.forms)].append(someone)
    for those in by_forms.values():
        those.sort(key=lambda one: (one.number != only, -len(one.articles), one.number))
    in_block: dict[str, list[_Namesakes]] = defaultdict(list)
    for forms, those in by_forms.items():
        yield from _namesakes(forms, those)
        for block in {block for form in forms for block in blocks(form)}:
            in_block[block].append((forms, those))
    asked = {block for block, members in in_block.items() if any(only == one[1][0].number for one in members)}
    for block in in_block.keys() if only is None else asked:
        yield from _alike(in_block[block], block.startswith("g "))


def _namesakes(forms: frozenset[NameForm], those: Sequence[Someone]) -> Iterator[tuple[Someone, Someone, Likeness]]:
    names = _most_alike(forms, forms)
    if names is None or len(those) == 1:
        return
    if len(those) <= MOST_EACH_WITH_EACH:
        yield from ((a, b, names) for a, b in combinations(those, 2))
        return
    in_time = sorted(those, key=lambda one: (one.days, one.number))
    yield from ((a, b, names) for a, b in product(those[:GREATEST], those) if a is not b)
    for step in range(1, NEXT + 1):
        yield from ((a, b, names) for a, b in zip(in_time, in_time[step:], strict=False))


def _alike(members: Sequence[_Namesakes], by_given: bool) -> Iterator[tuple[Someone, Someone, Likeness]]:
    """People of different names; ``by_given`` those who are known by a given name, with those who may have it."""
    for (forms, those), (others, them) in combinations(members, 2):
        if by_given and those[0].is_short is them[0].is_short:
            continue
        names = _most_alike(forms, others)
        if names is not None:
            yield from ((a, b, names) for a, b in product(those[:GREATEST], them))
            yield from ((a, b, names) for a, b in product(those[GREATEST:], them[:GREATEST]))


def _most_alike(some: frozenset[NameForm], others: frozenset[NameForm]) -> Likeness | None:
    found = (likeness(a, b) for a, b in product(some, others))
    return max((one for one in found if one is not None), default=None)
