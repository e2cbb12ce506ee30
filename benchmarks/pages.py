"""Body F1 on annotated news pages: ours against plain trafilatura, in one run.

    python benchmarks/pages.py DIRECTORY

DIRECTORY is a checkout of the article extraction benchmark by Scrapinghub (MIT licence), or its
``ground-truth.json`` with ``html/*.html.gz``: https://github.com/scrapinghub/article-extraction-benchmark

The figure is that benchmark's own: precision and recall of 4-word shingles (with multiplicity), F1 of their
means over the pages. Ours counts paragraphs, quotes, lists and headings but for the title: the ground truth has
neither title nor captions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from reportedly import ingest
from reportedly.errors import InputError
from reportedly.schema import Article

BODY = ("paragraph", "quote", "list", "heading", "dateline")
WORD = re.compile(r"\w+", re.UNICODE)


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of n words of a text; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else Counter()


def compare(truth: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page, as the benchmark defines them."""
    true, pred = shingles(truth), shingles(found)
    shared = sum((true & pred).values())
    missed, extra = sum(true.values()) - shared, sum(pred.values()) - shared
    precision = shared / (shared + extra) if shared + extra else float(missed == 0)
    recall = shared / (shared + missed) if shared + missed else float(extra == 0)
    return precision, recall


def body_text(article: Article) -> str:
    """The body of an article: no title, captions, credits, bylines or furniture."""
    parts = [article.text[slice(*block.span)] for block in article.blocks if block.kind in BODY]
    if article.blocks and article.blocks[0].kind == "heading" and article.title == parts[0]:
        parts = parts[1:]
    return "\n".join(parts)


def ours(page: bytes) -> str:
    """The body as Reportedly reads it; nothing for a page that it refuses."""
    try:
        return body_text(ingest.from_html(page))
    except InputError:
        return ""


def plain(page: bytes) -> str:
    """The body as trafilatura gives it by default, without comments."""
    return trafilatura.extract(page, include_comments=False) or ""


def measure(name: str, read: Callable[[bytes], str], pages: dict[str, bytes], truth: dict[str, str]) -> float:
    """Print the figures of one reader; return its seconds."""
    start = time.perf_counter()
    found = {key: read(page) for key, page in pages.items()}
    seconds = time.perf_counter() - start
    pairs = [compare(truth[key], found[key]) for key in pages]
    precision = sum(p for p, _ in pairs) / len(pairs)
    recall = sum(r for _, r in pairs) / len(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    print(
        f"{name:12} pages {len(pages)}  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}"
        f"  {len(pages) / seconds:.1f} pages/s"
    )
    return seconds


def main() -> None:
    """Read the pages twice and print both lines of figures."""
    parser = argparse.ArgumentParser(description="Body F1 on annotated news pages.")
    parser.add_argument("directory", type=Path)
    directory = parser.parse_args().directory
    records = json.loads((directory / "ground-truth.json").read_text("utf-8"))
    truth = {key: record["articleBody"] for key, record in records.items()}
    pages = {key: gzip.decompress((directory / "html" / f"{key}.html.gz").read_bytes()) for key in truth}
    theirs = measure("trafilatura", plain, pages, truth)
    mine = measure("reportedly", ours, pages, truth)
    print(f"pages/s, ours to plain trafilatura: {theirs / mine:.2f}")


if __name__ == "__main__":
    main()
