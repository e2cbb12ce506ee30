"""Records as JSON: one line of it out, and typed look-ups on the way in, whose complaints name object and field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from reportedly.errors import SchemaError

Span = tuple[int, int]

_T = TypeVar("_T")

_SURROGATE = re.compile("[\ud800-\udfff]")


def line(record: Mapping[str, object]) -> str:
    """The record as one line of JSON that can be written in any encoding of Unicode.

    Lone surrogates (a byte of a file name that is no UTF-8 is one) are escaped: as they are, no file could hold them.
    """
    text = json.dumps(record, ensure_ascii=False)
    return _SURROGATE.sub(lambda one: f"\\u{ord(one.group()):04x}", text)


class Fields:
    """Typed look-ups in one JSON object; every complaint names the object and the field."""

    def __init__(self, record: object, where: str) -> None:
        if not isinstance(record, Mapping):
            raise SchemaError(f"{where}: an object belongs here, not {type(record).__name__}")
        self.record: Mapping[str, object] = record
        self.where = where

    def _typed(self, key: str, kind: type[_T], what: str) -> _T | None:
        value = self.record.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise SchemaError(f"{self.where}: {key} is {what}, not {value!r:.60}")
        return value

    def optional_text(self, key: str) -> str | None:
        """Text, or None where there is none."""
        return self._typed(key, str, "text")

    def text(self, key: str) -> str:
        """Text that has to be there."""
        value = self.optional_text(key)
        if value is None:
            raise SchemaError(f"{self.where}: {key} is missing")
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, or None."""
        return self._typed(key, int, "a whole number")

    def flag(self, key: str) -> bool:
        """True or false; false where there is none."""
        return bool(self._typed(key, bool, "true or false"))

    def number(self, key: str) -> float | None:
        """A number, or None."""
        value = self.record.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SchemaError(f"{self.where}: {key} is a number, not {value!r:.60}")
        return float(value)

    def choice(self, key: str, choices: object) -> Any:
        """One of the values of a Literal type, or None."""
        value = self.record.get(key)
        if value is not None and value not in get_args(choices):
            raise SchemaError(f"{self.where}: {key} is one of {', '.join(get_args(choices))}, not {value!r:.60}")
        return value

    def required_choice(self, key: str, choices: object) -> Any:
        """One of the values of a Literal type, which has to be there."""
        value = self.choice(key, choices)
        if value is None:
            raise SchemaError(f"{self.where}: {key} is missing")
        return value

    def items(self, key: str) -> list[Fields]:
        """The objects of a list, empty where there is none."""
        value = self._typed(key, list, "a list") or []
        return [Fields(item, f"{self.where}: {key} {k}") for k, item in enumerate(value, 1)]

    def part(self, key: str) -> Fields | None:
        """An object, or None."""
        value = self.record.get(key)
        return None if value is None else Fields(value, f"{self.where}: {key}")

    def span(self, key: str) -> Span | None:
        """A span, or None."""
        value = self.record.get(key)
        return None if value is None else self._span(key, value)

    def required_span(self, key: str) -> Span:
        """A span that has to be there."""
        return self._span(key, self.record.get(key))

    def spans(self, key: str) -> tuple[Span, ...]:
        """A list of spans, empty where there is none."""
        value = self._typed(key, list, "a list of spans") or []
        return tuple(self._span(key, item) for item in value)

    def _span(self, key: str, value: object) -> Span:
        if isinstance(value, list | tuple) and len(value) == 2:
            start, end = value
            if type(start) is int and type(end) is int:
                return start, end
        raise SchemaError(f"{self.where}: {key}: a span is [start, end], not {value!r:.60}")
