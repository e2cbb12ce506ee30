"""Copies: which articles copy which, on invented clusters and on real articles that are edited by program.

    python -m benchmarks.copies [--clusters DIRECTORY] [--write DIRECTORY] [--polnear DIRECTORY]

``--clusters`` is a folder of folders, each with texts and a ``cluster.json`` that says which articles are copies: F1
over ordered pairs (from, to), and the share of those whose kind is right. ``--write`` puts the copies of each cluster
there as JSON.

``--polnear`` is PolNeAR as shared, with ``metadata.tsv``. Three measures on its train part, by the texts alone:

- wire: which articles are an agency's, against the field ``wire``;
- edited copies: of every article copies are made (as it is; lightly edited, a word in twelve left out, put in or
  replaced; cut to a third; mixed with another; with paragraphs shuffled and lightly edited), dated a day later, and it
  is asked whether the copies are found among all articles, and nothing else;
- documents a second on one core: put into the index and compared by their words; and the whole comparison.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpora import SHARED
from reportedly.compare.copies import find_copies
from reportedly.compare.credits import signed_agency
from reportedly.compare.index import CopyIndex
from reportedly.compare.report import Report
from reportedly.compare.worded import word_sources
from reportedly.ingest import from_text, read_inputs
from reportedly.schema import Article, Copy, article_id

Edge = tuple[str, str]

SEED = 7
EDITED = 0.08  # of the words
FILLERS = ["also", "now", "then", "still", "perhaps", "indeed", "again", "today", "there"]


@dataclass
class Count:
    """True, predicted and gold edges, and how many of the true ones have the right kind."""

    true: int = 0
    predicted: int = 0
    gold: int = 0
    kinds: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.true + other.true,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.kinds + other.kinds,
        )

    def __str__(self) -> str:
        precision, recall = self.true / max(self.predicted, 1), self.true / max(self.gold, 1)
        f1 = 2 * self.true / max(self.predicted + self.gold, 1)
        return f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({self.true} of {self.gold})"


def plain(name: str) -> str:
    """A name in letters and digits: how agencies are compared."""
    return "".join(c for c in name.casefold() if c.isalnum())


def cluster(folder: Path, write: Path | None) -> Count:
    """The copies of one cluster against its gold."""
    articles = [item for item in read_inputs([str(folder)]) if isinstance(item, Article)]
    articles = [article for article in articles if Path(article.path or "").parent == folder]
    names = {article.id: Path(article.path or "").stem for article in articles}
    found = find_copies(articles)
    if write is not None:
        (write / f"{folder.name}.json").write_text(json.dumps({"claims": [], "copies": _records(found, names)}))
    mine = {(plain(names.get(copy.source, copy.source)), plain(names[copy.target])): copy.kind for copy in found}
    said = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))["copies"]
    gold = {(plain(copy["from"]), plain(copy["to"])): copy["kind"] for copy in said}
    both = mine.keys() & gold.keys()
    count = Count(len(both), len(mine), len(gold), sum(mine[edge] == gold[edge] for edge in both))
    print(f"{folder.name:24} {count}  kind right {count.kinds} of {count.true}")
    for sign, edges in (("-", gold.keys() - both), ("+", mine.keys() - both)):
        for edge in sorted(edges):
            print(f"    {sign} {edge[0]} -> {edge[1]}")
    return count


def _records(copies: Sequence[Copy], names: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "from": names.get(copy.source, copy.source),
            "to": names[copy.target],
            "kind": copy.kind,
            "credited": copy.credited,
        }
        for copy in copies
    ]


def clusters(parent: Path, write: Path | None) -> None:
    """All clusters in a folder, and the figure over all of them."""
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
    folders = sorted(path.parent for path in parent.glob("*/cluster.json"))
    total = sum((cluster(folder, write) for folder in folders), Count())
    print(f"{'all':24} {total}  kind right {total.kinds / max(total.true, 1):.3f}")


def polnear_texts(folder: Path) -> dict[str, str]:
    """The texts of the train part, by document."""
    found = {}
    for path in sorted((folder / "train" / "text").glob("*.txt")):
        with open(path, encoding="utf-8", newline="") as file:
            found[path.stem] = file.read()
    return found


def wire(folder: Path, texts: dict[str, str]) -> None:
    """Whether an article is an agency's, told from the text alone."""
    with open(folder / "metadata.tsv", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        fields = {row["filename"].removesuffix(".txt"): row["wire"] for row in rows}
    gold = {name for name in texts if fields[name] not in ("None", "NA")}
    mine = {name for name, text in texts.items() if signed_agency(from_text(text), frozenset()) is not None}
    print(f"{'wire':24} {Count(len(gold & mine), len(mine), len(gold))}")


def edited(words: list[str], chance: random.Random) -> str:
    """The words with some left out, put in or replaced."""
    out = []
    for word in words:
        change = chance.random() / EDITED
        if change < 1 / 3:
            continue
        out.append(chance.choice(FILLERS) if change < 2 / 3 else word)
        if 2 / 3 <= change < 1:
            out.append(chance.choice(FILLERS))
    return " ".join(out)


def made(text: str, other: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The copies that are made of a text: how, and the copy."""
    lines = [line for line in text.splitlines() if line.strip()]
    light = [edited(line.split(), chance) for line in lines]
    start = chance.randrange(max(1, 2 * len(lines) // 3))
    yield "verbatim", "\n\n".join(lines)
    yield "light edits", "\n\n".join(light)
    yield "a third", "\n\n".join(lines[start : start + max(1, len(lines) // 3)])
    more = [line for line in other.splitlines() if line.strip()]
    yield "two sources mixed", "\n\n".join([*lines[: len(lines) // 2], *more[len(more) // 2 :]])
    chance.shuffle(light)
    yield "shuffled, edited", "\n\n".join(light)


def dated(text: str, name: str, day: str, outlet: str) -> Article:
    """A text as an article of that day."""
    url = f"https://{outlet}.example/{name}"
    return replace(from_text(text), id=article_id(text, url), url=url, outlet=outlet, published=day)


def copies_by_program(texts: dict[str, str]) -> None:
    """Recall and precision of copies that were made by program, among the originals."""
    chance = random.Random(SEED)
    names = list(texts)
    originals = {name: dated(texts[name], name, "2031-05-01", f"paper {n}") for n, name in enumerate(names)}
    index = CopyIndex()
    for article in originals.values():
        index.add(article)
    alike = set(_worded_edges(index, [article.id for article in originals.values()]))  # as they are
    near = {article: {article} for article in (original.id for original in originals.values())}
    for source, target in alike:
        near[source].add(target)
        near[target].add(source)
    counts: dict[str, Count] = {}
    for n, name in enumerate(names):
        other = names[(n + 1) % len(names)]
        for how, text in made(texts[name], texts[other], chance):
            copy = dated(text, f"{name}/{how}", "2031-05-02", f"copyist {how}")
            sources = {originals[name].id} | ({originals[other].id} if how == "two sources mixed" else set())
            mine = {source for source, _ in _worded_edges(index, [copy.id], copy)}
            hit = {source for source in sources if mine & near[source]}
            wrong = {found for found in mine if not any(found in near[source] for source in sources)}
            counts[how] = counts.get(how, Count()) + Count(len(hit), len(hit) + len(wrong), len(sources))
    for how, count in counts.items():
        print(f"{how:24} {count}")
    print(f"{'all made copies':24} {sum(counts.values(), Count())}")


def _worded_edges(index: CopyIndex, ids: Sequence[str], more: Article | None = None) -> Iterator[Edge]:
    """The copies that keep words, of articles in the index or of one that is not put into it."""
    for name in ids:
        target = Report(more) if more is not None else index.report(name)
        candidates = [index.report(other) for other in index.sharing_words(target)]
        for found in word_sources(target, candidates, frozenset()):
            yield found.source.article.id, name


def speed(texts: dict[str, str]) -> None:
    """Documents a second: by their words, and everything."""
    articles = [dated(text, name, "2031-05-01", f"paper {n}") for n, (name, text) in enumerate(texts.items())]
    index = CopyIndex()
    start = time.process_time()
    for article in articles:
        index.add(article)
        list(_worded_edges(index, [article.id]))
    print(f"{'by words, documents/s':24} {len(articles) / (time.process_time() - start):.0f}")
    start = time.process_time()
    find_copies(articles)
    print(f"{'everything, documents/s':24} {len(articles) / (time.process_time() - start):.0f}")


def main() -> None:
    """Measure what is asked for; with no option, everything that lies beside the checkout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--clusters", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--polnear", type=Path)
    args = parser.parse_args()
    everything = args.clusters is None and args.polnear is None
    if (folder := args.clusters or (SHARED / "gold" / "clusters" if everything else None)) is not None:
        clusters(folder, args.write)
    if (folder := args.polnear or (SHARED / "polnear" if everything else None)) is not None:
        texts = polnear_texts(folder)
        wire(folder, texts)
        copies_by_program(texts)
        speed(texts)


if __name__ == "__main__":
    main()
