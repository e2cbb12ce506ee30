"""The words that the audit rules look for, from ``audit.toml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.lexicon.forms import table
from reportedly.lexicon.media import agencies


@dataclass(frozen=True, slots=True)
class VerdictVerb:
    """A verb of saying that takes a side: what it implies beyond "said"."""

    name: str
    implies: str


@dataclass(frozen=True, slots=True)
class AuditWords:
    """The tables of ``audit.toml``: sets of single lower-case words, and patterns for phrases.

    The file says what each table is for and where it comes from.
    """

    reasons: re.Pattern[str]
    bare_nouns: frozenset[str]
    bare_empty: frozenset[str]
    confidential: frozenset[str]
    ranks: frozenset[str]
    inside: frozenset[str]
    vantage: frozenset[str]
    open: frozenset[str]
    saying: re.Pattern[str]
    evaluative: re.Pattern[str]
    charges: re.Pattern[str]
    accusing: re.Pattern[str]
    courts: frozenset[str]
    acts: frozenset[str]
    places: frozenset[str]
    not_names: frozenset[str]
    aliases: Mapping[str, str]
    replies: re.Pattern[str]
    comment: re.Pattern[str]
    hearsay: re.Pattern[str]
    figures: re.Pattern[str]
    verdicts: Mapping[str, VerdictVerb]
    verdict: re.Pattern[str]
    claimed_objects: re.Pattern[str]
    titles: frozenset[str]
    broad: frozenset[str]
    trailers: re.Pattern[str]
    agencies: re.Pattern[str]
    common: frozenset[str]
    negations: frozenset[str]


@functools.cache
def audit_words() -> AuditWords:
    """The words of the audit rules; loaded once."""
    tables = table("audit.toml")
    bare, confidential, charges = tables["bare"], tables["confidential"], tables["charges"]
    hearsay, verbs = tables["hearsay"], tables["verdict"]["verbs"]
    passives = [f"{form} {passive}" for form in hearsay["forms"] for passive in hearsay["passives"]]
    return AuditWords(
        reasons=phrases(tables["reasons"]["words"]),
        bare_nouns=frozenset(bare["nouns"]),
        bare_empty=frozenset(bare["empty"]),
        confidential=frozenset(confidential["nouns"]),
        ranks=frozenset(confidential["ranks"]),
        inside=frozenset(confidential["inside"]),
        vantage=frozenset(confidential["vantage"]),
        open=frozenset(confidential["open"]),
        saying=phrases(tables["saying"]["words"]),
        evaluative=phrases(tables["evaluative"]["words"]),
        charges=phrases(charges["words"]),
        accusing=phrases(charges["accusing"]),
        courts=frozenset(charges["courts"]),
        acts=frozenset(charges["acts"]),
        places=frozenset(charges["places"]),
        not_names=frozenset(charges["not_names"]),
        aliases=dict(charges["aliases"]),
        replies=phrases(tables["replies"]["words"]),
        comment=phrases(tables["replies"]["comment"]),
        hearsay=phrases([*hearsay["words"], *passives]),
        figures=phrases(tables["figures"]["words"]),
        verdicts=_verdicts(verbs),
        verdict=phrases([form for verb in verbs.values() for form in verb["forms"]]),
        claimed_objects=phrases(tables["verdict"]["objects"]),
        titles=frozenset(tables["titles"]["words"]),
        broad=frozenset(tables["broad"]["words"]),
        trailers=phrases(tables["agency"]["trailers"]),
        agencies=phrases(agencies(), ignore_case=False),
        common=frozenset(tables["common"]["words"]),
        negations=frozenset(tables["common"]["negations"]),
    )


def phrases(words: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words.

    A space stands for any white space, either apostrophe for both, and a final ``*`` for the rest of a word.
    Longer phrases are tried first. The pattern never backtracks over more than one word.
    """
    ordered = sorted(set(words), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, ordered))})(?!\w)", re.IGNORECASE if ignore_case else 0)


def _phrase(phrase: str) -> str:
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split()]
    return r"\s+".join(parts).replace("'", "['\u2019]")


def _verdicts(verbs: Mapping[str, Any]) -> dict[str, VerdictVerb]:
    return {form: VerdictVerb(name, verb["implies"]) for name, verb in verbs.items() for form in verb["forms"]}
