"""Readings made by program, by the million: who said what, through whom, under what condition, all of it invented.

The words are those of the invented reports in ``training/data``, each as often as there, so that a common word is as
common and a rare one as rare as in news. What they say makes no sense, and need not: nothing is read from it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import get_args

from reportedly.schema import (
    Article,
    Attribution,
    Block,
    Carrier,
    CarrierType,
    Maker,
    Quotation,
    Reading,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    When,
    article_id,
)
from reportedly.text import TOKEN
from training.reports import compile_report, report_paths

MAKER = Maker("invented 1", "none", "0" * 16)
FIRST_DAY = date(2030, 1, 1)
DAYS = 2000
_GIVEN = ("Ada", "Bela", "Caro", "Dunja", "Edda", "Falk", "Gesa", "Hanno", "Ilka", "Jorn", "Kaja", "Levin", "Mirja")
_FAMILY = ("Ahl", "Berg", "Carst", "Dorn", "Eik", "Fels", "Grau", "Holm", "Ims", "Jost", "Karst", "Lund", "Moor")
_ENDS = ("ow", "en", "sen", "mann", "ström", "feld", "by", "stedt", "qvist", "er", "ing", "ell", "ova", "ić", "aard")
_PLACES = ("Norwick", "Vasterholt", "Selva", "Karsk", "Port Sabel", "Ulmar", "Korvania", "Tarn", "Delmora", "Skerry")
_PAPERS = ("Courier", "Post", "Gazette", "Tribune", "Herald", "Echo")
_ROLES = ("minister", "mayor", "spokesman", "union leader", "harbour master", "judge", "chief executive")
_CARRIERS = ("Norrin Press", "Ulmar News Agency", "Radio Selva", "Channel Nine", "a court filing", "Chirp")


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of the invented reports, and how often each is there."""
    texts = (compile_report(path)[0] for path in report_paths("train"))
    counts = Counter(match.group() for text in texts for match in TOKEN.finditer(text) if match.group().isalpha())
    return tuple(counts), tuple(counts.values())


@dataclass(slots=True)
class _Page:
    """A text that grows, and where its last piece stands."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, piece: str) -> Span:
        """Add a piece; its span."""
        start, self.length = self.length, self.length + len(piece)
        self.pieces.append(piece)
        return start, self.length


def readings(number: int, statements: int = 14, seed: int = 0) -> Iterator[Reading]:
    """So many readings, no two of one text, each with so many statements; the same for the same seed."""
    rng = random.Random(seed)
    for k in range(number):
        yield reading(rng, f"{seed}/{k}", statements)


def reading(rng: random.Random, key: str, statements: int) -> Reading:
    """One reading; ``key`` is in its URL."""
    page = _Page()
    title = _words(rng, 8).capitalize()
    blocks = [Block("heading", page.put(title))]
    found: list[Attribution] = []
    for n in range(1, statements + 1):
        page.put("\n\n" if n % 2 else " ")
        start = page.length
        found.append(_statement(rng, page, n))
        page.put(f" {_words(rng, 12).capitalize()}.")
        blocks.append(Block("paragraph", (start, page.length)))
    text = "".join(page.pieces)
    outlet = f"The {rng.choice(_PLACES)} {rng.choice(_PAPERS)}"
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{key}"
    day = (FIRST_DAY + timedelta(rng.randrange(DAYS))).isoformat()
    article = Article(article_id(text, url), text, tuple(blocks), f"news/{key}", url, outlet, title, published=day)
    return Reading(article, tuple(found), MAKER)


def _statement(rng: random.Random, page: _Page, n: int) -> Attribution:
    """A sentence that says that somebody said something."""
    kind, quotation, stance = _drawn(rng)
    name = rng.choice(("officials", "a source close to the talks")) if kind == "unnamed" else _name(rng)
    role = rng.choice(_ROLES) if kind == "person" else None
    mention = page.put(name)
    role_span = None
    if role is not None:
        page.put(", the ")
        role_span = page.put(role)
        page.put(",")
    page.put(" ")
    cue = page.put("said")
    via: tuple[Carrier, ...] = ()
    if rng.random() < 0.2:
        carrier = rng.choice(_CARRIERS)
        page.put(" ")
        via = (Carrier(carrier, rng.choice(get_args(CarrierType)), page.put(f"through {carrier}")),)
    page.put(" ")
    when = page.put("on Tuesday") if rng.random() < 0.3 else None
    page.put(" that ")
    start = page.length
    page.put(_words(rng, rng.randint(6, 22)))
    conditions: tuple[Span, ...] = ()
    if rng.random() < 0.1:
        page.put(" ")
        conditions = (page.put(f"if {_words(rng, 4)}"),)
    content = (start, page.length)
    page.put(".")
    day = (FIRST_DAY + timedelta(rng.randrange(DAYS))).isoformat()
    return Attribution(
        n=n,
        content=(content,),
        source=((mention[0], (role_span or mention)[1]),),
        cue=(cue,),
        quotation=quotation,
        speaker=Speaker(name, kind, role, kind == "unnamed", mention, role_span),
        via=via,
        conditions=conditions,
        hedges=(cue,) if rng.random() < 0.1 else (),
        stance=stance,
        when=When(when, day) if when is not None else None,
        confidence=round(rng.uniform(0.3, 1), 3),
    )


def _drawn(rng: random.Random) -> tuple[SpeakerType, Quotation, Stance]:
    kinds: tuple[SpeakerType, ...] = ("person", "person", "person", "organisation", "unnamed", "document")
    stances: tuple[Stance, ...] = ("asserts",) * 8 + get_args(Stance)
    return rng.choice(kinds), rng.choice(get_args(Quotation)), rng.choice(stances)


def _name(rng: random.Random) -> str:
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}{rng.choice(_ENDS)}"


def _words(rng: random.Random, number: int) -> str:
    words, weights = _cumulative()
    return " ".join(rng.choices(words, cum_weights=weights, k=number))


@cache
def _cumulative() -> tuple[tuple[str, ...], tuple[int, ...]]:
    words, counts = _vocabulary()
    total, sums = 0, []
    for count in counts:
        total += count
        sums.append(total)
    return words, tuple(sums)


def by(maker: Maker, old: Reading, statements: int) -> Reading:
    """The reading of another maker, who found only the first so many statements."""
    return replace(old, maker=maker, attributions=old.attributions[:statements])
