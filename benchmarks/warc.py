"""Pages a second and peak memory over one large WARC archive, ingest alone.

    python benchmarks/warc.py DIRECTORY [--megabytes 200] [--plain]

DIRECTORY is the one that ``benchmarks/pages.py`` takes. Its pages are written again and again, each time with a
number in it so that no two are the same, until the archive holds so many megabytes of them; then it is read in a
process of its own, whose peak memory after a tenth and at the end shows whether it grows.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from reportedly.ingest import Options, read_inputs
from reportedly.schema import Article

MEGABYTE = 1_000_000


def records(pages: list[bytes], size: int) -> Iterator[bytes]:
    """WARC records of the pages, in turn, until they are so many bytes."""
    written = 0
    for number in count(1):
        page = pages[number % len(pages)] + b"<!-- %d -->" % number
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
        yield (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/%d\r\n"
            b"WARC-Date: 2031-04-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:%032d>\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            % (number, number, len(block), block)
        )
        written += len(page)
        if written >= size:
            return


def write(path: Path, pages: list[bytes], size: int) -> int:
    """Write the archive, packed if its name says so; the number of its pages."""
    number = 0
    with path.open("wb") as file:
        for number, record in enumerate(records(pages, size), 1):  # noqa: B007
            file.write(gzip.compress(record, 6) if path.suffix == ".gz" else record)
    return number


def peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def read(path: Path, total: int) -> None:
    """Read the archive and print the figures."""
    start, articles, failures, early = time.perf_counter(), 0, 0, 0.0
    cpu = time.process_time()
    for number, result in enumerate(read_inputs([str(path)], Options(every_language=True))):
        articles += isinstance(result, Article)
        failures += not isinstance(result, Article)
        if number == total // 10:
            early = peak()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"pages {total}  articles {articles}  failures {failures}  {total / seconds:.1f} pages/s"
        f"  {total / cpu:.1f} pages/CPU-s  peak memory {early:.0f} MB after a tenth, {peak():.0f} MB at the end"
    )


def main() -> None:
    """Make the archive, read it, and remove it."""
    parser = argparse.ArgumentParser(description="Pages a second and peak memory over one large WARC archive.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--megabytes", type=int, default=200, help="of pages in the archive, unpacked")
    parser.add_argument("--plain", action="store_true", help="do not pack the archive")
    arguments = parser.parse_args()
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((arguments.directory / "html").glob("*.html.gz"))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("pages.warc" if arguments.plain else "pages.warc.gz")
        total = write(path, pages, arguments.megabytes * MEGABYTE)
        print(f"{path.name}: {path.stat().st_size / MEGABYTE:.0f} MB")
        process = multiprocessing.get_context("spawn").Process(target=read, args=(path, total))
        process.start()
        process.join()
        raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
