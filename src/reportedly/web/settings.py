"""How the web application is served: ``Settings``, and the limits that keep its time and memory bounded."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from reportedly.errors import ServingError

# A token of so many characters, drawn at random from letters and digits, cannot be guessed.
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visitor, or all together, may take. Sizes are in bytes, times in seconds.

    ``rate`` is requests a second from one address in the long run, ``burst`` so many at once. ``readings`` and
    ``logins`` are attempts a minute. ``upload`` is one form with its files, at most ``files`` of them. ``shown`` is how
    many articles of it are read at once; more are for the background. ``patience`` is when an answer must have begun.
    ``kept`` are readings kept for visitors who have not decided yet whether to add them.
    """

    rate: float = 50.0
    burst: int = 300
    readings: int = 60
    logins: int = 10
    form: int = 1_000_000
    upload: int = 60_000_000
    files: int = 200
    shown: int = 10
    at_once: int = 2
    patience: float = 60.0
    kept: int = 200
    session: float = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, to whom, and how.

    ``library`` is a path or a URL. ``names`` are the host names under which it is reached, beside its own address.
    ``token`` or ``users`` (a file, see ``guard.passwords``) let in who has one. ``certificate`` and ``key`` are files
    for TLS; ``insecure`` allows other hosts without it. ``offline`` fetches no addresses. ``audit_log`` is the file to
    which a line is added for each change and each refusal; by default they go to standard error.
    """

    library: str | Path
    host: str = "127.0.0.1"
    port: int = 8040
    names: tuple[str, ...] = ()
    token: str | None = None
    users: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False
    offline: bool = False
    allow_private: bool = False
    audit_log: Path | None = None
    model: Path | None = None
    limits: Limits = Limits()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def is_closed(self) -> bool:
        """Whether one must say who one is."""
        return self.token is not None or self.users is not None

    @property
    def is_encrypted(self) -> bool:
        """Whether it speaks TLS."""
        return self.certificate is not None

    def check(self) -> None:
        """Raise ServingError for what would lay the library open."""
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise ServingError(
                f"a token of {len(self.token)} characters can be guessed; take {SHORTEST_TOKEN} or more at random: "
                "openssl rand -hex 16"
            )
        if (self.certificate is None) != (self.key is None):
            raise ServingError("TLS needs both a certificate and its key: give --certificate and --key")
        if self.is_local:
            return
        if not self.is_closed:
            raise ServingError(
                f"{self.host} can be reached by others: say who may come in with --token (or REPORTEDLY_TOKEN in the "
                "environment) or --users FILE"
            )
        if not self.is_encrypted and not self.insecure:
            raise ServingError(
                f"{self.host} can be reached by others, who could read along: give --certificate and --key for TLS, "
                "or --insecure where something in front of it encrypts"
            )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
