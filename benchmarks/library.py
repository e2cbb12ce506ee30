"""The library: how fast it takes articles, answers and starts, and how large it is.

    python -m benchmarks.library size|start|add|search [--statements 1000000] [--postgres URL] [--keep FOLDER]

``size``    bytes on the disk against bytes of text, of 1,000 articles made of invented reports and read by the model
``start``   the command ``search``, from nothing to its answer
``add``     ``reportedly add`` of 1,000 articles with one process that reads and with two; trust the ratio
``search``  words and two filters over a million statements, made by program, while another process writes

Invented reports are in ``training/data``; ``benchmarks.invented`` makes readings by the million.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.invented import readings
from reportedly import Library, Query
from reportedly.store.folding import words
from reportedly.text import paragraphs
from training.reports import compile_report, report_paths

ARTICLES = 1000
# Statements of one made article.
STATEMENTS = 20
QUERIES = 400
ROUNDS = 9
# Two filters for each query, in turns: what a page of results offers.
FILTERS: tuple[dict[str, object], ...] = (
    {"speaker_type": "person", "published_since": "2033"},
    {"stance": "denies", "conditional": False},
    {"anonymous": True, "hedged": False},
    {"outlet": "Norwick Post", "quotation": "direct"},
    {"speaker": "Ada", "min_confidence": 0.5},
    {"carrier": "Norrin Press", "said_since": "2034-03"},
    {"conditional": True, "published_until": "2031-06-30"},
)


def texts(number: int) -> list[str]:
    """So many articles of some 600 words, no two alike: paragraphs of the invented reports, each time others."""
    rng = random.Random(1)
    reports = [compile_report(path)[0] for path in report_paths("train")]
    pieces = [text[start:end] for text in reports for start, end in paragraphs(text) if end - start > 60]
    found = []
    for k in range(number):
        drawn = rng.sample(pieces, 16)
        found.append(f"Report {k} on what {drawn[0].split()[0]} said\n\n" + "\n\n".join(drawn))
    return found


def write(folder: Path, number: int) -> Path:
    """The articles as files."""
    news = folder / "news"
    news.mkdir()
    for k, text in enumerate(texts(number)):
        (news / f"{k:05}.txt").write_text(text, encoding="utf-8")
    return news


def add(folder: Path, workers: int) -> float:
    """The seconds in which so many processes read the articles into a library."""
    path = folder / f"news-{workers}.db"
    began = time.perf_counter()
    command = [sys.executable, "-m", "reportedly", "add", str(path), str(folder / "news"), "--workers", str(workers)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    print(f"{workers} worker{'s' * (workers > 1)}  {seconds:8.1f} s  {ARTICLES / seconds:6.1f} articles/s", flush=True)
    return seconds


def size(folder: Path, path: Path) -> None:
    """Bytes on the disk against bytes of text."""
    with Library(path, create=False) as library:
        library.add(next(readings(1)))  # so that there is a log, as there is while a library is used
        statements = sum(len(reading.attributions) for reading in library.readings())
    text = sum(file.stat().st_size for file in (folder / "news").iterdir())
    there = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    print(f"text {text / 1e6:.2f} MB, {statements} statements, library {there / 1e6:.2f} MB: {there / text:.2f} times")


def start(path: Path) -> None:
    """Seconds from nothing to an answer: by the clock, and of the processor alone."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "reportedly", "search", str(path), "minister"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(
        f"start-up of search: {statistics.median(clock):.3f} s, of which processor {statistics.median(processor):.3f} s"
    )


def fill(where: str, statements: int) -> None:
    """Bring a library to so many statements."""
    with Library(where) as library:
        if library._database.is_sqlite:  # filling is not what is measured: let the system write when it likes
            with library._database._pool.connection() as connection:
                connection.execute("PRAGMA synchronous = OFF")
        there = len(library)
        began = time.perf_counter()
        for k, reading in enumerate(readings(statements // STATEMENTS, STATEMENTS, seed=2)):
            if k >= there:
                library.add(reading)
        new = statements // STATEMENTS - there
        if new > 0:
            seconds = time.perf_counter() - began
            print(f"filled: {new} articles in {seconds:.0f} s, {seconds / new * 1000:.1f} ms each", flush=True)


@contextlib.contextmanager
def writing(where: str) -> Iterator[None]:
    """Meanwhile another process adds articles, one after another."""
    command = [sys.executable, "-m", "benchmarks.library", "write", "--postgres", where]
    writer = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        yield
    finally:
        writer.kill()
        writer.wait()


def keep_writing(where: str) -> None:
    """Add articles until somebody ends this process."""
    with Library(where, create=False) as library:
        for reading in readings(10**9, STATEMENTS, seed=time.time_ns()):
            library.add(reading)


def queries() -> list[Query]:
    """Words as people look for: one or two that stand in some statement, each with two filters."""
    rng = random.Random(3)
    made = []
    contents = [reading.quote(item) for reading in readings(100, STATEMENTS, seed=2) for item in reading.attributions]
    for k in range(QUERIES):
        content = [word for word, _ in words(rng.choice(contents)) if len(word) > 3] or ["minister"]
        typed = " OR ".join(rng.sample(content, min(2, len(content)))) if k % 3 == 0 else rng.choice(content)
        made.append(Query(typed, **FILTERS[k % len(FILTERS)]))  # type: ignore[arg-type]
    return made


def search(where: str) -> None:
    """Milliseconds of each query, while another process writes and not; on a busy machine trust the process's own."""
    with Library(where, create=False) as library:
        asked = queries()
        for query in asked[:20]:
            library.search(query)
        for name, meanwhile in (("alone", contextlib.nullcontext()), ("beside a writer", writing(where))):
            clock, processor, found, before = [], [], [], len(library)
            with meanwhile:
                for query in asked:
                    began, used = time.perf_counter(), time.process_time()
                    found.append(library.search(query).total)
                    processor.append((time.process_time() - used) * 1000)
                    clock.append((time.perf_counter() - began) * 1000)
            print(
                f"{name}: {_spread(clock)} by the clock, {_spread(processor)} of this process's own;"
                f" found {statistics.median(found):.0f} (median), {max(found)} (most);"
                f" {len(library) - before} articles written meanwhile",
                flush=True,
            )


def _spread(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[18]:.0f} ms"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=["size", "start", "add", "search", "write"])
    parser.add_argument(
        "--news", type=Path, help="a folder of texts to add; by default invented ones, dense in statements"
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--postgres", metavar="URL", help="an empty database; by default SQLite")
    parser.add_argument("--keep", type=Path, help="a folder for the library, which is used again if it is there")
    args = parser.parse_args()
    if args.what == "write":
        keep_writing(args.postgres)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        if args.what == "search":
            where = args.postgres or str(folder / "million.db")
            fill(where, args.statements)
            search(where)
            return
        if args.news:
            (Path(temporary) / "news").symlink_to(args.news.resolve())
        else:
            write(Path(temporary), ARTICLES)  # for what else is asked
        one = add(Path(temporary), 1) if args.what == "add" else 0.0
        two = add(Path(temporary), 2)
        if one:
            print(f"two are {one / two:.2f} times as fast as one")
        size(Path(temporary), Path(temporary) / "news-2.db")
        start(Path(temporary) / "news-2.db")


if __name__ == "__main__":
    main()
