"""A library in PostgreSQL: its URL without the password, the driver, and how it is connected to."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from reportedly.errors import LibraryError

# Writers to one database take turns with this lock, first come, first served; the number is our own.
TURN = f"SELECT pg_advisory_xact_lock({0x5265706F72746564})"
# Seconds after which a server that does not answer counts as not there; a URL may say otherwise.
PATIENCE = 10

_SCHEMES = ("postgresql://", "postgres://")


def is_url(where: str) -> bool:
    """Whether a library is named by a URL of PostgreSQL."""
    return where.startswith(_SCHEMES)


def shown(url: str) -> str:
    """The URL with no password in it, wherever it stood: of its parameters only where the server is is left."""
    try:
        parts = urlsplit(url)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        hosts = parse_qs(parts.query).get("host", [])
    except ValueError as error:
        raise LibraryError(
            "postgresql://...", "is not a URL of a database", "write it as postgresql://USER@HOST/DATABASE"
        ) from error
    where = f"?host={quote(hosts[0], safe='/')}" if hosts else ""
    return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}{where}"


def driver(name: str) -> ModuleType:
    """The driver. Raises LibraryError where it is not installed."""
    try:
        return import_module("psycopg")  # an extra
    except ImportError as error:
        raise LibraryError(
            name, "needs a driver for PostgreSQL", "install it: pip install 'reportedly[postgres]'"
        ) from error


def connected(psycopg: ModuleType, url: str) -> Any:
    """A connection in which transactions begin where we begin them."""
    patience = {} if "connect_timeout=" in url else {"connect_timeout": PATIENCE}
    return psycopg.connect(url, autocommit=True, **patience)
