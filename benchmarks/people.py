"""People across articles: is who is joined one person, is who is one suggested, and how long does it take.

    python -m benchmarks.people [--mentions NUMBER] [--show]

The articles are the invented clusters of ``training/data/clusters``, read by the shipped model, and the invented
reports of ``training/data/reports``, as they are annotated; all in one library. Each cluster and each report is a world
of its own: whoever is joined across two of them is joined wrongly, though there are names that occur in several. Within
a cluster, ``cluster.json`` has the speaker of some statements in one form for all its articles. A mention is that
speaker if it says such a statement and shares the last word of the name: whom the model took for the speaker by mistake
is no mistake of joining.

- joined: precision over all pairs of mentions that are joined and whose people are known (in two worlds, or in one with
  gold), recall over all pairs in a cluster that are one by gold;
- suggested: the same when every suggestion of that likelihood or more were confirmed, and the share of suggestions that
  are right;
- time: CPU seconds in a library with so many mentions made by program, of names as frequent as names in news are: a few
  of very many mentions, and very many of a few.

The clusters whose names begin with "untouched" are told apart: nothing was set on them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, combinations
from pathlib import Path
from typing import TypeVar

import reportedly
from benchmarks import invented
from benchmarks.corpora import ROOT
from reportedly.lexicon.people import given_names
from reportedly.lexicon.surnames import frequent_surnames
from reportedly.schema import Article, Attribution, Reading, Speaker, article_id, from_record
from reportedly.store import Library
from reportedly.store.arranging import Union
from reportedly.store.folding import folded
from reportedly.store.mention_table import MentionRow, mention_rows
from reportedly.store.person_ids import written
from reportedly.store.persons import WORDS, PeopleQuery
from training.reports import compile_report, report_paths

_T = TypeVar("_T")

CLUSTERS = ROOT / "training" / "data" / "clusters"
NAMES = 30_000
# How many mentions have the family name alone.
SHORT = 0.15
_ENDS = [
    f"{a}{b}"
    for a in ("ow", "en", "mann", "feld", "by", "qvist", "ing", "ova", "aard", "stedt")
    for b in ("", "er", "a")
]
_ROLES = [
    f"{what} of {where}" for what in ("mayor", "chief executive", "coach") for where in ("Karsk", "Selva", "Ulmar")
]
# Characters that a statement of gold and one of the reading must share, of the shorter: their ends differ at times.
SHARED = 0.5


@dataclass(frozen=True)
class Gold:
    """Whose a mention is: its world, and the speaker's name there where gold has it."""

    world: str
    speaker: str | None


def read_clusters() -> Iterator[tuple[str, Reading]]:
    """The articles of the clusters with the names of these, as the model reads them."""
    for folder in sorted(path for path in CLUSTERS.iterdir() if path.is_dir()):
        for reading in reportedly.read_many([str(folder)]):
            if isinstance(reading, Reading):
                yield folder.name, reading


def annotated() -> Iterator[tuple[str, Reading]]:
    """The reports with their names, as they are annotated."""
    for path in (path for part in ("train", "development", "test") for path in report_paths(part)):
        text, record = compile_report(path)
        yield path.stem, from_record(record, text)


def speakers(folder: Path, reading: Reading) -> dict[str, str]:
    """The folded names of an article's speakers, with the speaker of gold that each is."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    name = Path(reading.article.path or "").stem
    claims = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))["claims"]
    for gold in (gold for claim in claims for gold in claim["statements"] if gold["article"] == name):
        start = reading.article.text.find(gold["content"])
        if start < 0 or gold["speaker"] is None:
            continue
        span = (start, start + len(gold["content"]))
        for item in reading.attributions:
            if item.speaker.name is not None and any(_overlap(span, one) >= SHARED for one in item.content):
                said[folded((item.speaker.name,))][folded((gold["speaker"],))] += 1
    return {key: found.most_common(1)[0][0] for key, found in said.items()}


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    return (min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


def fill(library: Library) -> dict[str, Gold]:
    """All articles into the library; by article and name whose each mention is."""
    found: dict[str, Gold] = {}
    for world, reading in [*read_clusters(), *annotated()]:
        # A URL of its own: reports may share their text with a cluster's article.
        reading = replace(
            reading, article=replace(reading.article, url=f"https://{world}.example/{reading.article.id}")
        )
        library.add(reading)
        named = speakers(CLUSTERS / world, reading) if (CLUSTERS / world).is_dir() else {}
        for item in reading.attributions:
            key = folded((item.speaker.name or "",))
            speaker = named.get(key)
            same = speaker is not None and speaker.split()[-1:] == key.split()[-1:]
            found[f"{reading.article.url} {key}"] = Gold(world, speaker if same else None)
    return found


@dataclass
class Score:
    """Pairs that are one person's: true, predicted and gold ones."""

    true: int = 0
    predicted: int = 0
    gold: int = 0

    def __str__(self) -> str:
        precision, recall = self.true / max(self.predicted, 1), self.true / max(self.gold, 1)
        return (
            f"precision {precision:.4f} ({self.predicted - self.true} wrong of {self.predicted})"
            f"  recall {recall:.4f} ({self.true} of {self.gold})"
        )


def score(rows: Iterable[MentionRow], gold: dict[int, Gold], person: Callable[[int], int], only: str = "") -> Score:
    """How the mentions of some worlds (their names begin with ``only``) are joined, against gold."""
    found = Score()
    for a, b in combinations(rows, 2):
        one, other = gold[a.id], gold[b.id]
        if only and not (one.world.startswith(only) and other.world.startswith(only)):
            continue
        same = one.world == other.world
        if same and (one.speaker is None or other.speaker is None):
            continue
        is_one = same and one.speaker == other.speaker
        joined = person(a.person) == person(b.person)
        found.true += is_one and joined
        found.predicted += joined
        found.gold += is_one
    return found


def quality(show: bool) -> dict[str, float]:
    """How right it is who is joined and who is suggested."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "people.db") as library:
        by_name = fill(library)
        with library._database.reading() as session:
            rows = mention_rows(session, "1 = 1 ORDER BY m.id")
            urls = dict(session.rows("SELECT a.hash, a.hash FROM article AS a"))
        articles = {key: library.get(key).article.url for key in urls}
        gold = {row.id: by_name[f"{articles[row.article]} {folded((row.name,))}"] for row in rows}
        figures = {}
        for name, only in (("all", ""), ("untouched", "untouched")):
            joined = score(rows, gold, lambda number: number, only)
            print(f"joined, {name:10} {joined}")
            figures[f"{name} precision"] = joined.true / max(joined.predicted, 1)
        _suggestions(library, rows, gold, show)
    return figures


def _suggestions(library: Library, rows: list[MentionRow], gold: dict[int, Gold], show: bool) -> None:
    number = {written(row.key, row.article): row.person for row in rows}
    of_person: dict[int, list[MentionRow]] = defaultdict(list)
    for row in rows:
        of_person[row.person].append(row)
    suggestions = library.suggestions(limit=100_000)
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    union = Union()
    for least, words in WORDS:
        for suggestion in (one for one in suggestions if one.words == words):
            a, b = number[suggestion.one.id], number[suggestion.other.id]
            verdict = _verdict([gold[row.id] for row in of_person[a]], [gold[row.id] for row in of_person[b]])
            if verdict is not None:
                right[words][verdict] += 1
            if show:
                print(f"  {verdict!s:5} {suggestion.score} {suggestion.one.id} {suggestion.other.id}")
                print(f"        {'; '.join(suggestion.evidence)}")
            union.join(a, b)
        counts = right[words]
        print(f"suggested, {words:12} {counts[True]} right of {counts.total()} known; with all from {least} on:")
        for name, only in (("all", ""), ("untouched", "untouched")):
            print(f"    {name:10} {score(rows, gold, union.first, only)}")


def _verdict(some: list[Gold], others: list[Gold]) -> bool | None:
    """Whether two people are one by gold; None where gold does not say."""
    if {one.world for one in some}.isdisjoint(one.world for one in others):
        return False
    named = [{one.speaker for one in side if one.speaker is not None} for side in (some, others)]
    return bool(named[0] & named[1]) if all(named) else None


def stories(number: int) -> Iterator[Reading]:
    """So many articles, each with seven who speak."""
    rng = random.Random(3)
    given = sorted(given_names())
    family = sorted(frequent_surnames()) + [
        f"{a}{b}" for a in ("Ahl", "Berg", "Dorn", "Kar", "Lund", "Vost") for b in _ENDS
    ]
    names = [f"{rng.choice(given)} {rng.choice(family).title()}" for _ in range(NAMES)]
    shares = list(accumulate(1 / rank for rank in range(1, NAMES + 1)))  # Zipf: the second is named half as often
    usual = {name: rng.sample(_ROLES, 2) for name in names}
    for k in range(number):
        said, words = [], f"This is story {k}."
        for n, name in enumerate(dict.fromkeys(rng.choices(names, cum_weights=shares, k=7)), 1):
            shown = name.split()[-1] if rng.random() < SHORT else name
            role = rng.choice(usual[name]) if rng.random() < 0.6 else None
            said.append(Attribution(n, ((0, len(words)),), speaker=Speaker(shown, "person", role)))
        day = (date(2030, 1, 1) + timedelta(k * 1000 // number)).isoformat()
        article = Article(article_id(words), words, outlet=f"Outlet {rng.randrange(80)}", published=day)
        yield Reading(article, tuple(said), invented.MAKER)


def speed(mentions: int) -> None:
    """How long it takes with many mentions."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "people.db") as library:
        readings = list(stories(mentions * 10 // 68))
        _timed(f"adding {len(readings):,} articles", lambda: [library.add(reading) for reading in readings])
        with library._database.reading() as session:
            print(f"    {session.value('SELECT count(*) FROM mention'):,} mentions")
        page = _timed("list of 20", lambda: library.people(PeopleQuery(limit=20)))
        first, second = page.people[0], page.people[1]
        print(f"    {page.total:,} people; {first.articles:,} and {second.articles:,} articles name the first two")
        _timed("list by a name", lambda: library.people(PeopleQuery(like="ada berg", limit=20)))
        _timed("the first", lambda: library.person(first.id))
        entry = _timed("merge of the two", lambda: library.merge(first.id, second.id, by="benchmark"))
        _timed("undo", lambda: library.undo(entry.number, by="benchmark"))
        _timed("suggestions for one", lambda: library.suggestions(page.people[9].id))
        found = _timed("all suggestions", lambda: library.suggestions(limit=10_000_000))
        print(f"    {len(found):,} of them")


def _timed(what: str, call: Callable[[], _T]) -> _T:
    start = time.process_time()
    found = call()
    print(f"{what:30} {time.process_time() - start:8.3f} s")
    return found


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=0, help="how many the library for speed has; 0: no speed")
    parser.add_argument("--show", action="store_true", help="print every suggestion with what gold says of it")
    options = parser.parse_args(arguments)
    quality(options.show)
    if options.mentions:
        speed(options.mentions)


if __name__ == "__main__":
    main(sys.argv[1:])
