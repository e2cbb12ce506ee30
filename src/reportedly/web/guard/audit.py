"""The audit log: a line of JSON for each change, each refusal and each login; never what was in a form or a query."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from reportedly.errors import ServingError

# Refusals that are worth a line: who are you, not you, too large, not this host, too many.
NOTED = frozenset({401, 403, 413, 421, 429})
_LONGEST_PATH = 200  # characters

_log = logging.getLogger("reportedly.audit")


def note(event: str, client: str, user: str | None, **facts: object) -> None:
    """Add a line. Everything a visitor can choose is escaped by JSON, and short."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, "client": client}
    _log.info(json.dumps(line | {"user": user} | facts))


def note_request(scope: dict[str, object], status: int, seconds: float) -> None:
    """Add a line for a request, where it is a change or was refused."""
    method, path = str(scope["method"]), str(scope["path"])
    if method in ("GET", "HEAD") and status not in NOTED:
        return
    client = scope.get("client")
    host = str(client[0]) if isinstance(client, tuple) else "unknown"
    state = scope.get("state")
    visitor = state.get("visitor") if isinstance(state, dict) else None
    note(
        "refused" if status in NOTED else "change" if status < 400 else "failed",
        host,
        getattr(visitor, "name", None),
        method=method[:20],
        path=path[:_LONGEST_PATH],
        status=status,
        ms=round(seconds * 1000),
    )


def keep_log(path: Path | None) -> logging.Handler:
    """Let the lines go to a file, or to standard error. Raises ServingError where that cannot be written."""
    try:
        handler = logging.FileHandler(path, encoding="utf-8") if path is not None else logging.StreamHandler(sys.stderr)
    except OSError as error:
        raise ServingError(f"{path}: the audit log cannot be written ({error.strerror}); check its folder") from error
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False
    return handler
