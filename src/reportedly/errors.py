"""The errors that Reportedly raises. Each message names the file, the place and the way out.

ReportedlyError
├── InputError              an input that cannot be read
│   ├── NotFoundError       there is no such file
│   ├── NotTextError        binary, empty of text, or in no known encoding
│   ├── TooLargeError       over a limit that keeps time and memory bounded
│   ├── LanguageError       in another language than English
│   ├── SidecarError        a folder's list of its articles that is broken, or does not fit the files
│   └── FetchError          a page that cannot be fetched
│       ├── RefusedError        a URL whose scheme, credentials, port or address are not fetched
│       ├── RobotsError         the site's robots.txt forbids it
│       ├── OfflineError        fetching is off, and there is no copy in the cache
│       ├── UnreachableError    no connection, no answer in time, or one that broke off
│       └── StatusError         the server answered with an error
├── SchemaError             a record that is not what the schema says
│   ├── OffsetError         a span that does not fit its text
│   └── VersionError        a record of a newer schema
├── ModelError              weights that are missing, damaged or of another shape
├── LibraryError            a library that cannot be opened, read or written
│   └── NotInLibraryError   the library holds no such article or statement
├── QueryError              a search that cannot be understood
├── ServingError            a web application that cannot be served as asked, or would be open to others
├── ExportError             readings that cannot be written where or as they should be
└── ExtraError              a part that is not installed
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """Whatever Reportedly raises on purpose; catching it catches everything below."""


class InputError(ReportedlyError):
    """An input that cannot be read.

    ``path`` is the input as it was given, ``reason`` what is wrong with it, ``remedy`` what can be done.
    """

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}; {remedy}")
        self.path = path
        self.reason = reason
        self.remedy = remedy


class NotFoundError(InputError):
    """There is no such file."""


class NotTextError(InputError):
    """The input holds no readable text."""


class TooLargeError(InputError):
    """The input passes a limit."""


class LanguageError(InputError):
    """The input is in another language than English, and so was not read."""

    def __init__(self, path: str, language: str) -> None:
        super().__init__(path, f"skipped: language {language}", "only English is read")


class SidecarError(InputError):
    """A folder's list of its articles is broken, or does not fit the files."""


class FetchError(InputError):
    """A page cannot be fetched; ``path`` is its URL as it was given, without a password in it."""


class RefusedError(FetchError):
    """The URL is not one that is fetched: by its scheme, credentials, port or the address behind its host."""


class RobotsError(FetchError):
    """The site's robots.txt forbids the page, or cannot be had, which counts as forbidding."""


class OfflineError(FetchError):
    """Fetching is off, and the cache holds no copy of the page."""


class UnreachableError(FetchError):
    """There was no connection, no answer in time, or an answer that broke off."""


class StatusError(FetchError):
    """The server answered with an error."""


class SchemaError(ReportedlyError):
    """A record is not what the schema says; the message names the record and the field."""


class OffsetError(SchemaError):
    """A span lies outside its text, is empty or runs backwards."""


class VersionError(SchemaError):
    """The record was written by a newer version of the schema."""


class ModelError(ReportedlyError):
    """The model's files are missing, damaged or do not fit this version."""


class LibraryError(ReportedlyError):
    """A library cannot be opened, read or written; what it held before, it still holds.

    ``library`` is its path, or its URL without the password.
    """

    def __init__(self, library: str, reason: str, remedy: str) -> None:
        super().__init__(f"{library}: {reason}; {remedy}")
        self.library = library
        self.reason = reason
        self.remedy = remedy


class NotInLibraryError(LibraryError):
    """The library holds no such article or statement, or several that may be meant."""


class QueryError(ReportedlyError):
    """A search cannot be understood; the message quotes the part and says how it is written."""


class ServingError(ReportedlyError):
    """The web application cannot be served as asked, or would be open to others; the message says how it can be."""


class ExportError(ReportedlyError):
    """Readings cannot be written where or as they should be; what stood there before stands there still.

    ``target`` is where they should have gone, ``reason`` what is wrong, ``remedy`` what can be done.
    """

    def __init__(self, target: str, reason: str, remedy: str) -> None:
        super().__init__(f"{target}: {reason}; {remedy}")
        self.target = target
        self.reason = reason
        self.remedy = remedy


class ExtraError(ReportedlyError):
    """A part of Reportedly needs a package that is not installed; ``extra`` is the one that brings it."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what}: {package} is not installed; install it: pip install 'reportedly[{extra}]'")
        self.extra = extra
