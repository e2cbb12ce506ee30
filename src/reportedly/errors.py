"""The errors that Reportedly raises. Each message names the file, the place and the way out.

ReportedlyError
├── InputError              an input that cannot be read
│   ├── NotFoundError       there is no such file
│   ├── NotTextError        binary, empty of text, or in no known encoding
│   └── TooLargeError       over a limit that keeps time and memory bounded
├── SchemaError             a record that is not what the schema says
│   ├── OffsetError         a span that does not fit its text
│   └── VersionError        a record of a newer schema
└── ModelError              weights that are missing, damaged or of another shape
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


class SchemaError(ReportedlyError):
    """A record is not what the schema says; the message names the record and the field."""


class OffsetError(SchemaError):
    """A span lies outside its text, is empty or runs backwards."""


class VersionError(SchemaError):
    """The record was written by a newer version of the schema."""


class ModelError(ReportedlyError):
    """The model's files are missing, damaged or do not fit this version."""
