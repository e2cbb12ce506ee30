"""The main path: an input becomes an Article, its attributions, their sourcing, a Reading."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from reportedly.attribute import Attributor
from reportedly.errors import InputError, NotFoundError
from reportedly.ingest import STDIN, Columns, Fetched, Fetcher, Options, failure_of, from_text, outcomes, read_path
from reportedly.model import ModelFiles
from reportedly.resolve import resolve
from reportedly.schema import Article, Failure, Maker, Reading

# Articles that go through the encoder together: enough to keep every thread busy, and few enough that a
# thousand pages stay far under 700 MB (benchmarks/speed.py).
CHUNK_ARTICLES = 32
CHUNK_CHARACTERS = 400_000

# The longest string that may be meant as a file's name rather than as a text.
LONGEST_NAME = 1024

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_PATTERN = re.compile(r"[^\s\0]*[*?\[][^\s\0]*")  # of file names


class Reader:
    """Reads news. Loading takes a tenth of a second and some 100 MB; make one and keep it.

    Safe to use from many threads at once. ``model`` is a folder of weights, by default the one shipped;
    ``threads`` is how many the encoder may use, by default all cores.
    """

    def __init__(self, model: Path | None = None, threads: int | None = None) -> None:
        files = _model_files(model)
        self._attributor = Attributor(files, threads or os.cpu_count() or 1)
        self._maker = maker(model)

    def read(self, source: str | Path | Article, fetcher: Fetcher | None = None) -> Reading:
        """The reading of a file, a URL, a text or an article.

        A Path, or a string that names an existing file, is read as a file, "-" as standard input; an http or https
        URL is fetched, by default with a shared ``Fetcher``; a string with white space in it that is none of these is
        the text itself. Raises InputError for what cannot be read or holds more than one article.
        """
        return self._readings([_article(source, Options(fetcher=fetcher or _SharedFetcher()))])[0]

    def read_many(
        self,
        sources: Iterable[str | Path | Article | Failure],
        fetcher: Fetcher | None = None,
        columns: Columns = Columns(),  # noqa: B008 - frozen
    ) -> Iterator[Reading | Failure]:
        """The readings of many inputs, in order, with a Failure in the place of each that cannot be read.

        A Failure among the sources is handed on in its place.

        Beside what ``read`` takes these may be directories, patterns ("news/*.html") and files of many articles:
        feeds, sitemaps, WARC archives, and dumps, whose ``columns`` can be named. What feeds and sitemaps only link
        to is fetched. Articles are taken in chunks, whose windows go through the encoder together, on all of its
        threads.
        """
        options = Options(columns, fetcher or _SharedFetcher())
        chunk: list[Article | Failure] = []
        for item in chain.from_iterable(_items(source, options) for source in sources):
            chunk.append(failure_of(item) if isinstance(item, InputError) else item)
            size = sum(len(item.text) for item in chunk if isinstance(item, Article))
            if len(chunk) >= CHUNK_ARTICLES or size >= CHUNK_CHARACTERS:
                yield from self._chunk(chunk)
                chunk = []
        yield from self._chunk(chunk)

    def _chunk(self, chunk: Sequence[Article | Failure]) -> Iterator[Reading | Failure]:
        readings = iter(self._readings([item for item in chunk if isinstance(item, Article)]))
        for item in chunk:
            yield item if isinstance(item, Failure) else next(readings)

    def _readings(self, articles: Sequence[Article]) -> list[Reading]:
        found = self._attributor.attribute(articles)
        return [
            Reading(article, resolve(article, attributions, clues), self._maker)
            for article, (attributions, clues) in zip(articles, found, strict=True)
        ]


def maker(model: Path | None = None) -> Maker:
    """Who makes readings here with a folder of weights, by default the one shipped. Raises ModelError."""
    files = _model_files(model)
    return Maker(f"reportedly {version('reportedly')}", files.config.name, files.weights_hash)


def _model_files(model: Path | None) -> ModelFiles:
    return ModelFiles(model) if model is not None else ModelFiles()


def read(source: str | Path | Article, fetcher: Fetcher | None = None) -> Reading:
    """The reading of a file, a URL, a text or an article, by a shared Reader: see ``Reader.read``."""
    return _shared_reader().read(source, fetcher)


def read_many(
    sources: Iterable[str | Path | Article],
    fetcher: Fetcher | None = None,
    columns: Columns = Columns(),  # noqa: B008 - frozen
) -> Iterator[Reading | Failure]:
    """The readings of many inputs, by a shared Reader: see ``Reader.read_many``."""
    return _shared_reader().read_many(sources, fetcher, columns)


_lock = threading.Lock()


@cache
def _loaded_reader() -> Reader:
    return Reader()


def _shared_reader() -> Reader:
    with _lock:  # two threads that come first together load one model, not two
        return _loaded_reader()


@cache
def _loaded_fetcher() -> Fetcher:
    from reportedly.ingest.fetch import Fetcher  # the HTTP client takes time to load, and only URLs need it

    return Fetcher()


class _SharedFetcher:
    """The fetcher that all share who bring none; it is made when something is first to be fetched."""

    def fetch(self, url: str) -> Fetched:
        with _lock:
            fetcher = _loaded_fetcher()
        return fetcher.fetch(url)


def _article(source: str | Path | Article, options: Options) -> Article:
    """The one article in a source."""
    if isinstance(source, Article):
        return source
    if isinstance(source, Path) or _names_an_input(source):
        return read_path(str(source), options)
    if any(character.isspace() for character in source):
        return from_text(source)
    raise NotFoundError(source, "no such file", "give the name of a file, or a text")


def _items(source: str | Path | Article | Failure, options: Options) -> Iterator[Article | Failure | InputError]:
    """All articles in a source, and what cannot be read of it."""
    if isinstance(source, Failure):
        yield source
        return
    if isinstance(source, Path) or (isinstance(source, str) and _names_an_input(source)):
        yield from outcomes(str(source), options)
        return
    try:
        yield _article(source, options)
    except InputError as error:
        yield error


def _names_an_input(source: str) -> bool:
    """Whether a string is meant as the name of a file or files, or as a URL."""
    if source == STDIN or _URL.fullmatch(source):
        return True
    if len(source) <= LONGEST_NAME and _PATTERN.fullmatch(source):
        return True
    try:
        return len(source) <= LONGEST_NAME and os.path.lexists(source)
    except (OSError, ValueError):  # a name too long for the system, or with NUL in it
        return False
