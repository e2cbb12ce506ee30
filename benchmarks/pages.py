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

Reader = Callable[[bytes], str]

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


def read_all(readers: dict[str, Reader], pages: dict[str, bytes]) -> dict[str, tuple[dict[str, str], float]]:
    """What each reader finds on each page, and its seconds: page by page in turn, so that both see the same load."""
    found: dict[str, dict[str, str]] = {name: {} for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for number, (key, page) in enumerate(pages.items()):
        for name in sorted(readers, reverse=bool(number % 2)):
            start = time.perf_counter()
            found[name][key] = readers[name](page)
            seconds[name] += time.perf_counter() - start
    return {name: (found[name], seconds[name]) for name in readers}


def figures(found: dict[str, str], truth: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of one reader."""
    pairs = [compare(truth[key], found[key]) for key in truth]
    precision = sum(p for p, _ in pairs) / len(pairs)
    recall = sum(r for _, r in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Read the pages with both and print a line of figures for each."""
    parser = argparse.ArgumentParser(description="Body F1 on annotated news pages.")
    parser.add_argument("directory", type=Path)
    directory = parser.parse_args().directory
    truth, pages = load(directory)
    readers: dict[str, Reader] = {"trafilatura": plain, "reportedly": ours}
    for reader in readers.values():
        reader(next(iter(pages.values())))  # whatever is loaded or compiled at first use
    read = read_all(readers, pages)
    for name in readers:
        found, seconds = read[name]
        precision, recall, f1 = figures(found, truth)
        print(
            f"{name:12} pages {len(pages)}  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}"
            f"  {len(pages) / seconds:.1f} pages/s"
        )
    print(f"pages/s, ours to plain trafilatura: {read['trafilatura'][1] / read['reportedly'][1]:.2f}")


def load(directory: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The annotated body and the markup of each page."""
    records = json.loads((directory / "ground-truth.json").read_text("utf-8"))
    truth = {key: record["articleBody"] for key, record in records.items()}
    return truth, {key: gzip.decompress((directory / "html" / f"{key}.html.gz").read_bytes()) for key in truth}


if __name__ == "__main__":
    main()
