"""Findings as a SARIF 2.1.0 log, for editors and review tools.

Lines end at LF or CRLF, SARIF's default; columns count UTF-16 code units, as the log declares, since the common viewers
read them so. The lines are those of the text that was read, which a web page's own lines are not: the text is therefore
part of the log. See the OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import quote

from reportedly.audit.auditor import Selection
from reportedly.audit.rule import Finding, Rule
from reportedly.schema import Article, Reading, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Json: TypeAlias = "bool | int | str | Sequence[Json] | dict[str, Json] | None"

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_WEB = re.compile(r"[a-z][a-z0-9+.-]{1,15}://", re.IGNORECASE)


def to_sarif(
    audited: Iterable[tuple[Reading, Sequence[Finding]]], rules: Selection | None = None, version: str | None = None
) -> str:
    """The findings of some readings as the JSON of one SARIF log with one run.

    ``rules`` are the rules that were run, also those that found nothing; by default all that are shipped.
    ``version`` is the program's, left out where it is None.
    """
    selection = rules if rules is not None else Selection()
    pairs = [(reading, tuple(findings)) for reading, findings in audited]
    known = {rule.id: rule for rule in selection.rules}
    for _, findings in pairs:
        known.update((finding.rule.id, finding.rule) for finding in findings if finding.rule.id not in known)
    numbers = {name: number for number, name in enumerate(known)}
    results: list[Json] = []
    for number, (reading, findings) in enumerate(pairs):
        results.extend(_results(reading, findings, number, numbers))
    driver: dict[str, Json] = {"name": "Reportedly", "rules": [_rule(rule) for rule in known.values()]}
    if version is not None:
        driver["version"] = version
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "artifacts": [_artifact(reading.article) for reading, _ in pairs],
        "results": results,
    }
    log: dict[str, Json] = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    # ASCII, so that a lone surrogate of a broken text stays an escape and the log can always be encoded.
    return json.dumps(log, ensure_ascii=True, indent=1) + "\n"


def _rule(rule: Rule) -> Json:
    origins = "; ".join(origin.name for origin in rule.origins)
    address = next((origin.address for origin in rule.origins if origin.address), None)
    record: dict[str, Json] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. From: {origins}."},
        "help": {"text": f"{rule.title}. From: {origins}. Not seen by this rule: {rule.unseen}."},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "origins": [{"name": o.name, "address": o.address} for o in rule.origins],
            "unseen": rule.unseen,
        },
    }
    if address is not None:
        record["helpUri"] = address
    return record


def _artifact(article: Article) -> Json:
    described = "The text as it was read; lines and columns count in it, also where the file is a web page."
    return {
        "location": {"uri": article_uri(article)},
        "contents": {"text": article.text},
        "description": {"text": described},
    }


def _results(reading: Reading, findings: Sequence[Finding], number: int, rules: dict[str, int]) -> Iterable[Json]:
    lines = _Lines(reading.article.text)
    seen: Counter[str] = Counter()
    place: dict[str, Json] = {"uri": article_uri(reading.article), "index": number}
    for finding in findings:
        print_ = _fingerprint(reading, finding)
        seen[print_] += 1
        locations: list[Json] = [
            {"physicalLocation": {"artifactLocation": place, "region": lines.region(span)}} for span in finding.spans
        ]
        result: dict[str, Json] = {
            "ruleId": finding.rule.id,
            "ruleIndex": rules[finding.rule.id],
            "level": finding.severity,
            "message": {"text": f"{finding.message}. Not seen: {finding.unseen}."},
            "locations": locations[:1] or [{"physicalLocation": {"artifactLocation": place}}],
            "partialFingerprints": {"wordsOfRule/v1": f"{print_}:{seen[print_]}"},
            "properties": {"statements": list(finding.statements), "unseen": finding.unseen},
        }
        if locations[1:]:
            result["relatedLocations"] = locations[1:]
        yield result


def _fingerprint(reading: Reading, finding: Finding) -> str:
    """What stays the same when the text around the words is edited."""
    words = "\0".join(reading.article.text[start:end] for start, end in finding.spans)
    return hashlib.sha256(f"{finding.rule.id}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Lines:
    """Lines and UTF-16 columns, both from 1, of positions in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wide = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def region(self, span: Span) -> Json:
        (line, column), (end_line, end_column) = self.place(span[0]), self.place(span[1])
        words = self.text[slice(*span)]
        return {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
            "snippet": {"text": words},
        }

    def place(self, position: int) -> tuple[int, int]:
        line = bisect_right(self.starts, position)
        start = self.starts[line - 1]
        return line, 1 + position - start + bisect_left(self.wide, position) - bisect_left(self.wide, start)


def article_uri(article: Article) -> str:
    """The address of an article: its path as a URI reference, else its URL, else a URN of its id."""
    if article.path and article.path != "-":
        return _path_uri(article.path)
    if article.url:
        return _encoded(article.url, "/:?#[]@!$&'()*+,;=%~")
    return f"urn:reportedly:{_encoded(article.id, '')}"


def _path_uri(path: str) -> str:
    if _WEB.match(path):
        return _encoded(path, "/:?#[]@!$&'()*+,;=%~")
    if _DRIVE.match(path):
        return "file:///" + path[0] + ":" + _encoded(path[2:].replace("\\", "/"), "/~")
    return ("file://" if path.startswith("/") else "") + _encoded(path, "/~")


def _encoded(text: str, safe: str) -> str:
    try:
        raw = os.fsencode(text)  # a path that is not UTF-8 keeps its own bytes
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "surrogatepass")
    return quote(raw, safe=safe)
