"""Readings without what files cannot hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from reportedly.schema import Reading

# No encoding of Unicode has lone surrogates, and NUL ends a text for many programs that read files. One for one, so
# that offsets hold.
_UNSTORABLE = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD) | {0: 0x2400}

_T = TypeVar("_T")


def storable(reading: Reading) -> Reading:
    """The reading with lone surrogates as U+FFFD and NUL as U+2400, in its text and all its names; offsets hold."""
    return _storable(reading)


def _storable(value: _T) -> _T:
    changed: Any = value
    if isinstance(value, str):
        changed = value.translate(_UNSTORABLE)
    elif isinstance(value, tuple):
        changed = tuple(map(_storable, value)) if value and not isinstance(value[0], int) else value
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(value, **{field.name: _storable(getattr(value, field.name)) for field in fields(value)})
    return changed  # type: ignore[no-any-return]
