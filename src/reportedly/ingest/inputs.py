"""Inputs -> articles: ``read_inputs``, the one way in, and ``read_path`` for a single article.

An input is a file, a directory, a pattern, a URL or ``-`` for standard input. What kind of file it is, ``formats``
says. Files that hold many articles are read one article at a time.
"""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath

from reportedly.errors import InputError, LanguageError, NotFoundError, NotTextError
from reportedly.ingest.decode import text_of
from reportedly.ingest.dumps import read_json, read_lines, read_parquet
from reportedly.ingest.formats import Format, format_of
from reportedly.ingest.language import other_language
from reportedly.ingest.mail import from_mail
from reportedly.ingest.options import Fetched, Options
from reportedly.ingest.page import from_html
from reportedly.ingest.plain import from_text
from reportedly.ingest.sidecar import Entry, find_sidecar, told
from reportedly.ingest.source import STDIN, Link, Outcome, Source, Stream, attempt, opened
from reportedly.ingest.word import from_word
from reportedly.schema import Article, Failure, article_id

# A sitemap's index leads to sitemaps, those to pages; whoever leads on from there leads nowhere.
MAX_HOPS = 2

# What browsers save beside a page, and what lies about in folders: no input of itself.
_FURNITURE = frozenset(
    {".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp", ".woff"}
    | {".woff2", ".ttf", ".otf", ".eot"}
)

_DEFAULT = Options()

_Reader = Callable[[Source, Options], Iterator[Outcome | Link]]


def read_inputs(inputs: Iterable[str], options: Options = _DEFAULT) -> Iterator[Article | Failure]:
    """The articles of many inputs, in order, with a Failure in the place of each that cannot be read.

    One article at a time is in memory. A directory is read with all below it, in the order of the names, without
    hidden files and without pictures and other parts of saved pages; what its ``sidecar`` says of its articles wins
    over what they say.
    """
    for given in inputs:
        for outcome in outcomes(given, options):
            yield outcome if isinstance(outcome, Article) else failure_of(outcome)


def read_path(path: str, options: Options = _DEFAULT) -> Article:
    """The one article in a file; ``-`` reads standard input. ``Article.path`` is the path as it was given.

    Raises NotFoundError for a path that is not there, NotTextError for what holds no text, TooLargeError
    beyond ``options.max_bytes``, LanguageError for another language than English, and InputError for what cannot
    be opened or holds more than one article.
    """
    if os.path.isdir(path):
        raise InputError(path, "is a directory", "give the files in it, one by one")
    first, *more = islice(outcomes(path, options), 2)
    if isinstance(first, InputError):
        raise first
    if more:
        raise InputError(path, "holds more than one article", "read them with read_many")
    return first


def failure_of(error: InputError) -> Failure:
    """The error as a record."""
    return Failure(error.path, error.reason, error.remedy)


@dataclass(frozen=True, slots=True)
class Input:
    """One file or URL to be read, and what the sidecar of its folder says of the article in it."""

    path: str
    entry: Entry | None = None


def outcomes(given: str, options: Options = _DEFAULT) -> Iterator[Outcome]:
    """Everything that an input holds; at least one article or error."""
    empty = True
    for item in inputs_of(given, options):
        for outcome in [item] if isinstance(item, InputError) else outcomes_of(item, options):
            empty = False
            yield outcome
    if empty:
        yield NotTextError(given, "holds no article", "check that it is what you meant to give")


def inputs_of(given: str, options: Options = _DEFAULT) -> Iterator[Input | InputError]:
    """The files and URLs that an input stands for, one by one and unread, and what is wrong with its folders."""
    return _below(given, options) if os.path.isdir(given) else _listed(given)


def outcomes_of(item: Input, options: Options = _DEFAULT) -> Iterator[Outcome]:
    """What one file or URL holds."""
    for outcome in _read(item.path, options):
        yield outcome if item.entry is None else told(outcome, item.path, item.entry)


def is_url(given: str) -> bool:
    """Whether an input is a web address."""
    return given[:8].lower().startswith(("http://", "https://"))


def _listed(given: str) -> Iterator[Input | InputError]:
    """The file, the URL or the files of a pattern."""
    if given == STDIN or is_url(given) or not glob.has_magic(given) or os.path.lexists(given):
        yield Input(given)
        return
    found = sorted(glob.iglob(given, recursive=True))
    if not found:
        yield NotFoundError(given, "no file matches it", "check the pattern and the directory")
    for path in found:
        if not os.path.isdir(path):
            yield Input(path)


def _below(directory: str, options: Options) -> Iterator[Input | InputError]:
    """The files in a directory and those below it; links to directories are not followed."""
    failed: list[InputError] = []

    def note(error: OSError) -> None:
        failed.append(InputError(str(error.filename), "may not be listed", "change its permissions"))

    for folder, folders, names in os.walk(directory, onerror=note):
        yield from failed
        failed.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from _in_folder(folder, sorted(name for name in names if not name.startswith(".")), options)
    yield from failed


def _in_folder(folder: str, names: list[str], options: Options) -> Iterator[Input | InputError]:
    """These files of a folder, with what its sidecar says of them."""
    names, sidecar = find_sidecar(folder, names, options)
    if sidecar is not None:
        yield from sidecar.errors
        yield from sidecar.unknown(names)
    for name in names:
        if PurePath(name).suffix.lower() not in _FURNITURE:
            yield Input(os.path.join(folder, name), sidecar.entry(name) if sidecar is not None else None)


def _read(path: str, options: Options) -> Iterator[Outcome]:
    if is_url(path):
        yield from _fetched(Link(path, path), options, hops=0)
        return
    try:
        with opened(path) as source:
            yield from _contents(source, options, hops=0)
    except InputError as error:
        yield error


def _contents(source: Source, options: Options, hops: int) -> Iterator[Outcome]:
    """The articles in an open input, each in English or an error that says in what language it is."""
    kind = _kind(source)
    reader = _container(kind)
    if reader is None:
        data = source.whole(options.max_bytes)
        yield _checked(attempt(lambda: _article(kind, data, source), source.path), options)
        return
    for found in reader(source, options):
        if isinstance(found, Link):
            yield from _fetched(found, options, hops + 1)
        else:
            yield _checked(found, options)
    if source.stream.damage is not None:
        yield InputError(source.path, source.stream.damage, "get a whole copy; what came before that was read")


def _kind(source: Source) -> Format:
    try:
        return format_of(source.stream.head, source.name)
    except NotTextError as error:
        raise NotTextError(source.path, error.reason, error.remedy) from error


def _container(kind: Format) -> _Reader | None:
    """What reads files of many articles; None for files of one. Each is loaded when it is first needed."""
    if kind == "warc":
        from reportedly.ingest.warc import read_warc

        return read_warc
    if kind == "feed":
        from reportedly.ingest.feeds import read_feed

        return read_feed
    if kind == "sitemap":
        from reportedly.ingest.sitemap import read_sitemap

        return read_sitemap
    if kind == "jsonl":
        return read_lines
    if kind == "json":
        return read_json
    return read_parquet if kind == "parquet" else None


def _article(kind: Format, data: bytes, source: Source) -> Article:
    """The article in the bytes of a file that holds one."""
    path = source.path
    if kind == "page":
        article = from_html(data, path, source.url, source.charset)
    elif kind == "word":
        article = from_word(data, path)
    elif kind == "mail":
        article = from_mail(data, path)
    elif kind == "markdown":
        from reportedly.ingest.markdown import from_markdown  # its parser takes time to load

        article = from_markdown(text_of(data, path), path)
    else:
        article = from_text(text_of(data, path), path)
    if source.url is None:
        return article
    url = article.url or source.url
    return replace(article, url=url, id=article_id(article.text, url), retrieved=source.retrieved)


def _checked(outcome: Outcome, options: Options) -> Outcome:
    """The outcome, or a LanguageError in the place of an article that is not in English."""
    if isinstance(outcome, InputError) or options.every_language:
        return outcome
    language = other_language(outcome)
    return outcome if language is None else LanguageError(outcome.path or outcome.id, language)


def _fetched(link: Link, options: Options, hops: int) -> Iterator[Outcome]:
    """What is at a link, or why it is not to be had."""
    if link.language is not None and not options.every_language:
        yield LanguageError(link.path, link.language)
    elif not is_url(link.url):
        yield InputError(link.path, f"links to {link.url[:200]!r}, which is no web address", "give its pages as files")
    elif hops > MAX_HOPS:
        yield InputError(link.path, f"leads on and on, last to {link.url}", "give the addresses of its articles")
    elif options.fetcher is None:
        what = "is a web address" if link.path == link.url else f"holds only a link, to {link.url}"
        yield InputError(link.path, f"{what}, and fetching is off", "allow fetching, or give the page as a file")
    else:
        try:
            page = options.fetcher.fetch(link.url)
            yield from (_said(found, link) for found in _contents(_source(page, link), options, hops))
        except InputError as error:
            linked = InputError(link.path, f"{error.path}: {error.reason}", error.remedy)
            yield error if link.path in (link.url, error.path) else linked


def _source(page: Fetched, link: Link) -> Source:
    """A page that was fetched, as an input."""
    return Source(
        path=link.path,
        name=PurePath(page.final_url.partition("?")[0]).name,
        stream=Stream(io.BytesIO(page.content)),
        url=page.final_url,
        charset=page.charset,
        retrieved=page.fetched_at.date().isoformat(),
    )


def _said(outcome: Outcome, link: Link) -> Outcome:
    """The article with what its feed says of it, where the page does not."""
    if isinstance(outcome, InputError):
        return outcome
    return replace(
        outcome,
        title=outcome.title or link.title,
        outlet=outcome.outlet or link.outlet,
        byline=outcome.byline or link.byline,
        published=outcome.published or link.published,
    )
