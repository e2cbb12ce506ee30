"""The ids of people and their mentions: a name and where an article's hash begins, as in ``ada-brek-86ac6963``.

The id of every mention stands for the person that has it, so an id that was written down still finds its person when
others were joined with it, and when another program or machine made the library anew.
"""

from __future__ import annotations

import re

# Digits of the hash: with the name, enough for ten thousand articles that name one person.
DIGITS = 8

_FORM = re.compile(rf"(?P<key>.+)-(?P<hash>[0-9a-f]{{{DIGITS},16}})")

# The person whose mention that is, as ``values_of`` gives the values.
PERSON = (
    "(SELECT i.person FROM mention AS i JOIN article AS b ON b.id = i.article"
    " WHERE i.key = :person_key AND b.hash >= :person_low AND b.hash < :person_high ORDER BY i.id LIMIT 1)"
)


def written(key: str, article: str) -> str:
    """The id of a mention, by the folded words of its name and its article's hash."""
    return f"{key.replace(' ', '-')}-{article[:DIGITS]}"


def parts(given: str) -> tuple[str, str] | None:
    """The folded words and the first digits of the hash that an id has; None for what is no id."""
    found = _FORM.fullmatch(given.strip().casefold())
    return (found["key"].replace("-", " "), found["hash"]) if found is not None else None


def values_of(key: str, hash_: str) -> dict[str, str]:
    """The values of ``PERSON``."""
    return {"person_key": key, "person_low": hash_, "person_high": hash_ + "g"}
