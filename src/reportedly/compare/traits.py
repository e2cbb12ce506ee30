"""What of a statement counts when it is compared with another: words, names, numbers, voice, polarity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.compare.quantities import Quantity, quantities
from reportedly.compare.statements import Statement, main_clause
from reportedly.compare.voices import Voice, voice
from reportedly.lexicon.polarity import is_conditional, is_denial, turns
from reportedly.lexicon.rarity import rarity, stem
from reportedly.text import TOKEN

# Words rarer than this say what a statement is about (see ``lexicon/word_rarity.toml``).
TELLING = 4.0
_REPORT = re.compile(r"(?:an?|the)\s(?:\w+\s)?(?:report|story|article)\s(?:by|in|from)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a statement.

    ``words``: stems of telling words with their rarity; ``names``: those of them that stand capitalised inside a
    sentence. ``voice`` is empty where nobody, or nobody named, speaks. ``turned``: it says that something is not so;
    ``denied``: its cue says that it denies what another has said. ``tokens``: all words in order, in lower case.
    """

    words: Mapping[str, float]
    names: frozenset[str]
    numbers: tuple[Quantity, ...]
    voice: Voice
    turned: bool
    denied: bool
    conditional: bool
    tokens: tuple[str, ...]


def is_report(text: str) -> bool:
    """Whether the words begin with whose report it is that they tell: what is then denied is not theirs."""
    return _REPORT.match(text) is not None


def traits(statement: Statement) -> Traits:
    """The traits of a statement."""
    found = list(_WORD.finditer(statement.text))
    stems = {match.start(): stem(match.group()) for match in found}
    names = {
        stems[m.start()]
        for m in found
        if m.start() > 0 and m.group()[0].isupper() and len(m.group()) > 1 and rarity(stems[m.start()]) >= TELLING
    }
    said = statement.said
    denied = said is not None and is_denial(statement.cue) and not is_report(statement.text)
    return Traits(
        words={word: rarity(word) for word in stems.values() if rarity(word) >= TELLING},
        names=frozenset(names),
        numbers=quantities(statement.text),
        voice=voice(said.speaker) if said is not None else (),
        turned=(turns(main_clause(statement.text)) + denied) % 2 == 1,
        denied=denied,
        conditional=is_conditional(statement.text),
        tokens=tuple(
            match.group().casefold() for match in TOKEN.finditer(statement.text) if match.group()[0].isalnum()
        ),
    )
