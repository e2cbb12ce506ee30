"""Captions and credits on labelled news pages: how many are kept, how many that do not belong, and how they part.

    python benchmarks/captions.py DIRECTORY [--labels FILE]

DIRECTORY is that of ``benchmarks/pages.py``. The labels hold for each page the figures of its article, each as a
pair: 16 digits of the SHA-256 of its caption and of its credit (null for none), as the page shows them, white space
folded. What a page has besides, such as teasers and promotions, is in no label. They hold no word of the pages.

``captions-labels.json`` began as what was found on the 181 pages, and was corrected by reading 92 of them.
``captions-labels-2.json`` comes from reading the raw pages alone: the 89 others, and every second of the 92. Where
both name a page, the second counts. With ``--labels``, only the pages that the given file names are scored.

The figures are given for all pages and for those in English: others are read only where that is asked for.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from reportedly import ingest
from reportedly.errors import InputError
from reportedly.ingest.language import other_language
from reportedly.schema import Article

LABELS = tuple(Path(__file__).with_name(name) for name in ("captions-labels.json", "captions-labels-2.json"))

Pair = tuple[str | None, str | None]  # of a caption and its credit


def digest(text: str) -> str | None:
    """What stands for a caption or credit in the labels; None for nothing."""
    folded = " ".join(text.split())
    return hashlib.sha256(folded.encode()).hexdigest()[:16] if folded else None


def pairs(article: Article) -> list[tuple[str, str]]:
    """The captions of an article, each with the credit just after it; a credit without caption stands alone."""
    found: list[tuple[str, str]] = []
    open_caption = False
    for block in article.blocks:
        words = article.text[slice(*block.span)]
        if block.kind == "credit" and open_caption:
            found[-1] = (found[-1][0], words)
        elif block.kind in ("caption", "credit"):
            found.append((words, "") if block.kind == "caption" else ("", words))
        open_caption = block.kind == "caption"
    return found


def read(page: bytes) -> Article | None:
    """The article of a page; None for a page that is refused."""
    try:
        return ingest.from_html(page)
    except InputError:
        return None


def kept(article: Article | None) -> list[Pair]:
    """The digests of what is kept of a page; nothing for a page that is refused."""
    return [(digest(caption), digest(credit)) for caption, credit in pairs(article)] if article else []


def score(labels: dict[str, list[Pair]], found: dict[str, list[Pair]]) -> dict[str, tuple[int, int]]:
    """Recall and precision of captions, and the share of found figures whose credit is exact, each as two counts.

    A figure that is only a credit counts by that credit.
    """
    true = {key: {caption or credit: credit for caption, credit in figures} for key, figures in labels.items()}
    mine = {key: {caption or credit: credit for caption, credit in figures} for key, figures in found.items()}
    shared = [(key, words) for key in true for words in true[key] if words in mine.get(key, {})]
    split = sum(true[key][words] == mine[key][words] for key, words in shared)
    return {
        "recall": (len(shared), _count(true.values())),
        "precision": (len(shared), _count(mine.values())),
        "credit split": (split, len(shared)),
    }


def _count(figures: Iterable[dict[str | None, str | None]]) -> int:
    return sum(map(len, figures))


def read_labels(files: Iterable[Path]) -> dict[str, list[Pair]]:
    """The labels of all files; where two name the same page, those of the later file."""
    labels: dict[str, list[Pair]] = {}
    for file in files:
        pages = json.loads(file.read_text("utf-8"))
        labels.update({key: [(caption, credit) for caption, credit in figures] for key, figures in pages.items()})
    return labels


def main() -> None:
    """Read every labelled page and print the three figures, of all pages and of those in English."""
    parser = argparse.ArgumentParser(description="Captions and credits on labelled news pages.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--labels", type=Path, help="score by this file alone, on the pages that it names")
    options = parser.parse_args()
    labels = read_labels([options.labels] if options.labels else LABELS)
    pages = {path.name.removesuffix(".html.gz"): path for path in sorted(options.directory.glob("html/*.html.gz"))}
    articles = {key: read(gzip.decompress(path.read_bytes())) for key, path in pages.items() if key in labels}
    english = {key for key, article in articles.items() if article is None or other_language(article) is None}
    for name, keys in (("all pages", articles.keys()), ("in English", english)):
        _print(name, {key: labels[key] for key in keys}, {key: kept(articles[key]) for key in keys})


def _print(name: str, labels: dict[str, list[Pair]], found: dict[str, list[Pair]]) -> None:
    print(f"{name}: {len(labels)}, labelled figures {sum(map(len, labels.values()))}")
    for figure, (part, whole) in score(labels, found).items():
        print(f"  {figure:13} {part / whole:.3f}  ({part} of {whole})")


if __name__ == "__main__":
    main()
