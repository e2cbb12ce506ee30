"""robots.txt: what a site asks of programs that read it.

Source: RFC 9309 (Robots Exclusion Protocol); ``Crawl-delay`` is not in it but is widely asked for. The parser
keeps only the groups that concern one program, so its time and memory are linear in the file, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

MAX_ROBOTS = 512_000  # bytes that are read of a robots.txt; the RFC asks for 500 KiB at least

_PRODUCT = re.compile(r"\*(?!\S)|[^\s/*]+")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ASCII = "".join(map(chr, range(33, 127)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A path, with ``*`` for any characters and ``$`` for its end, that may or may not be fetched."""

    pattern: str
    allowed: bool

    def matches(self, target: str) -> bool:
        """Whether the pattern fits a target from its start. Takes time linear in the target for each ``*``."""
        pattern, ends = (self.pattern[:-1], True) if self.pattern.endswith("$") else (self.pattern, False)
        first, *others = pattern.split("*")
        if not target.startswith(first):
            return False
        if not others:
            return not ends or target == first
        at = len(first)
        for part in others[:-1]:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        last = others[-1]
        return target.endswith(last) and len(target) - len(last) >= at if ends else target.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site asks of one program. ``crawl_delay`` is in seconds, None where it asks for none.

    ``reason`` is what to say of a page that they forbid.
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    reason: str = "the site's robots.txt forbids it"

    def allow(self, target: str) -> bool:
        """Whether the program may fetch a target (path and query): the longest rule that fits it decides.

        Of two of one length, the one that allows. ``/robots.txt`` is always allowed.
        """
        target = _normal(target)
        fitting = [(len(rule.pattern), rule.allowed) for rule in self.rules if rule.matches(target)]
        return target == "/robots.txt" or max(fitting, default=(0, True))[1]


def robots_rules(status: int, data: bytes, product: str) -> Rules:
    """The rules that an answer to the request for robots.txt means (RFC 9309, 2.3.1).

    None at all where there is no such file; everything is forbidden where the server fails or is too busy.
    """
    if status == 200:
        return parse_robots(data, product)
    if 400 <= status < 500 and status != 429:
        return Rules()
    reason = f"the server answered {status} to the request for its robots.txt, which counts as forbidding"
    return Rules((Rule("/", allowed=False),), reason=reason)


def parse_robots(data: bytes, product: str) -> Rules:
    """The rules for the program whose name is ``product``: those of its groups, else those for ``*``."""
    text = data[:MAX_ROBOTS].decode("utf-8-sig", "replace")
    groups: dict[str, list[tuple[str, str]]] = {}
    for agent, line in _lines_by_agent(text, frozenset({product.casefold(), "*"})):
        groups.setdefault(agent, []).append(line)
    lines = groups.get(product.casefold(), groups.get("*", []))
    rules = [Rule(_normal(value), field == "allow") for field, value in lines if field != "crawl-delay" and value]
    delays = [seconds for field, value in lines if field == "crawl-delay" and (seconds := _seconds(value)) is not None]
    return Rules(tuple(rules), max(delays, default=None))


def _lines_by_agent(text: str, agents: frozenset[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every rule of the file with each of the ``agents`` that its group is for."""
    group: set[str] = set()
    head = False  # whether the last line named an agent: then the next one belongs to the same group
    for line in text.splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            named = _PRODUCT.match(value.casefold())
            group = (group if head else set()) | ({named.group()} & agents if named else set())
            head = True
        elif field in ("allow", "disallow", "crawl-delay"):
            head = False
            for agent in group:
                yield agent, (field, value)


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _normal(target: str) -> str:
    """A path in one spelling: escapes in capitals, none for plain letters, all for what is not ASCII."""
    return quote(_ESCAPE.sub(_escape, target), safe=_ASCII)


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if _UNRESERVED.fullmatch(character) else match.group().upper()
