"""Captions and credits on labelled news pages: how many are kept, how many that do not belong, and how they part.

    python benchmarks/captions.py DIRECTORY

DIRECTORY is that of ``benchmarks/pages.py``. The labels, ``captions-labels.json``, hold for each page the figures of
its article, each as a pair: 16 digits of the SHA-256 of its caption and of its credit (null for none), as the page
shows them, white space folded. What a page has besides, such as teasers and promotions, is in no label. They come
from reading the captions, credits and figures of all 181 pages, and hold no word of them.
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
from reportedly.schema import Article

LABELS = Path(__file__).with_name("captions-labels.json")

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


def kept(page: bytes) -> list[Pair]:
    """The digests of what is kept of a page; nothing for a page that is refused."""
    try:
        article = ingest.from_html(page)
    except InputError:
        return []
    return [(digest(caption), digest(credit)) for caption, credit in pairs(article)]


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


def main() -> None:
    """Read every page and print the three figures."""
    parser = argparse.ArgumentParser(description="Captions and credits on labelled news pages.")
    parser.add_argument("directory", type=Path)
    folder = parser.parse_args().directory / "html"
    labels = {key: [tuple(pair) for pair in value] for key, value in json.loads(LABELS.read_text("utf-8")).items()}
    pages = {path.name.removesuffix(".html.gz"): path for path in sorted(folder.glob("*.html.gz"))}
    found = {key: kept(gzip.decompress(path.read_bytes())) for key, path in pages.items()}
    print(f"pages {len(pages)}  labelled figures {sum(map(len, labels.values()))}")
    for name, (part, whole) in score(labels, found).items():
        print(f"{name:13} {part / whole:.3f}  ({part} of {whole})")


if __name__ == "__main__":
    main()
