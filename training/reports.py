"""Compile the invented reports of ``data/reports`` (see ``data/GUIDE.md``) into texts and gold records.

python -m training.reports check [FILE ...]      say what does not fit
python -m training.reports build OUT             write OUT/<id>.txt and OUT/<id>.json
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

REPORTS = Path(__file__).parent / "data" / "reports"
_OPEN = re.compile(r"\[\[((?:\d+(?:[sucfhw]|v\d))(?:,\d+(?:[sucfhw]|v\d))*)\|")
_CODE = re.compile(r"(\d+)([sucfhw]|v\d)")
TYPES = {"person", "unnamed", "organisation", "outlet", "document", "group", "author", "unknown"}
STANCES = {"asserts", "denies", "asks", "commits", "wants", "believes", "withholds"}
CARRIERS = {"agency", "outlet", "document", "platform", "person"}
FIELDS = {"speaker", "type", "role", "anonymous", "stance", "via", "when", "inside"}

# Every fifth report of each desk is development data: nothing is trained on it, rules may be mended by it.
DEVELOPMENT = re.compile(r"-(05|10|15|20|25)-")
# Reports that nothing is trained on and no rule is mended by.
TEST = re.compile(r"^fresh-")

Spans = list[list[int]]
Part = Literal["train", "development", "test"]


class ReportError(ValueError):
    """A report that does not follow the guide; the message names the report and the place."""


def report_paths(part: Part) -> list[Path]:
    """The reports to train on, to develop with, or to test on."""
    return [path for path in sorted(REPORTS.glob("*.txt")) if part_of(path) == part]


def part_of(path: Path) -> Part:
    """Which part a report belongs to, by its name."""
    if TEST.search(path.name):
        return "test"
    return "development" if DEVELOPMENT.search(path.name) else "train"


def unmark(marked: str) -> tuple[str, dict[int, dict[str, Spans]]]:
    """The plain text of marked text, and the spans of each attribution by letter."""
    out: list[str] = []
    length, position = 0, 0
    stack: list[tuple[str, int]] = []
    spans: dict[int, dict[str, Spans]] = defaultdict(lambda: defaultdict(list))
    while position < len(marked):
        opening = _OPEN.match(marked, position)
        if opening:
            stack.append((opening.group(1), length))
            position = opening.end()
        elif marked.startswith("]]", position) and stack:
            codes, start = stack.pop()
            for number, letter in _CODE.findall(codes):
                spans[int(number)][letter].append([start, length])
            position += 2
        elif marked.startswith("[[", position):
            raise ReportError(f"malformed mark: {marked[position : position + 40]!r}")
        else:
            out.append(marked[position])
            length += 1
            position += 1
    if stack:
        raise ReportError(f"a mark is never closed: {stack[-1][0]}")
    text = "".join(out)
    if "]]" in text:
        raise ReportError(f"']]' closes nothing: {text[max(0, text.index(']]') - 30) : text.index(']]') + 2]!r}")
    return text, {n: {k: sorted(v) for k, v in by.items()} for n, by in sorted(spans.items())}


def compile_report(path: Path) -> tuple[str, dict[str, Any]]:
    """The text and the gold record of one report file."""
    try:
        head, marked, fields = re.split(r"^\+\+\+[ ]*\n", path.read_text(encoding="utf-8"), flags=re.M)
        meta, table = tomllib.loads(head), tomllib.loads(fields)
        text, spans = unmark(marked.strip("\n") + "\n")
        attributions = [_attribution(text, n, spans[n], table.get(str(n))) for n in spans]
        _check_numbers(spans, table)
    except (ValueError, KeyError) as error:
        raise ReportError(f"{path.name}: {error}") from error
    return text, {
        "id": path.stem,
        "published": meta.get("published"),
        "outlet": meta.get("outlet"),
        "style": meta.get("style"),
        "attributions": attributions,
    }


def _check_numbers(spans: dict[int, Any], table: dict[str, Any]) -> None:
    if list(spans) != list(range(1, len(spans) + 1)):
        raise ReportError(f"numbers are not 1 to {len(spans)}: {list(spans)}")
    if extra := set(table) - {str(n) for n in spans}:
        raise ReportError(f"fields of attributions that the text does not mark: {sorted(extra)}")
    for number, fields in table.items():
        if "inside" in fields and fields["inside"] not in spans:
            raise ReportError(f"attribution {number}: inside {fields['inside']}, which does not exist")


def _attribution(text: str, n: int, spans: dict[str, Spans], fields: dict[str, Any] | None) -> dict[str, Any]:
    if fields is None:
        raise ReportError(f"attribution {n} has no line of fields")
    for complaint in (*_complaints(spans, fields), *_edge_complaints(text, spans)):
        raise ReportError(f"attribution {n}: {complaint}")
    return {
        "n": n,
        "source": spans.get("s", []),
        "cue": spans.get("u", []),
        "content": spans["c"],
        "speaker": {
            "name": fields["speaker"] or None,
            "type": fields["type"],
            "role": fields.get("role"),
            "anonymous": bool(fields.get("anonymous", fields["type"] == "unnamed")),
        },
        "via": [_carrier(text, spans, k, name, kind) for k, (name, kind) in enumerate(fields.get("via", []), 1)],
        "conditions": spans.get("f", []),
        "hedges": spans.get("h", []),
        "stance": fields["stance"],
        "when": _when(text, spans, fields),
        "inside": fields.get("inside"),
    }


def _complaints(spans: dict[str, Spans], fields: dict[str, Any]) -> Iterator[str]:
    """What in an attribution's fields does not fit the guide or the marks."""
    via = fields.get("via", [])
    evidence = sorted(k for k in spans if k.startswith("v"))
    if unknown := set(fields) - FIELDS:
        yield f"unknown fields {sorted(unknown)}"
    if not spans.get("c"):
        yield "no content"
    if len(spans.get("s", [])) > 1:
        yield "more than one source span"
    for name, choices in (("type", TYPES), ("stance", STANCES)):
        if fields[name] not in choices:
            yield f"{name} {fields[name]!r}"
    if evidence != [f"v{k}" for k in range(1, len(via) + 1)]:
        yield f"{len(via)} carriers, but evidence {evidence}"
    if any(len(carrier) != 2 or carrier[1] not in CARRIERS for carrier in via):
        yield f"via {via}"
    if ("w" in spans) != ("when" in fields):
        yield "'when' and the mark 'w' go together"


def _edge_complaints(text: str, spans: dict[str, Spans]) -> Iterator[str]:
    """What in an attribution's marks does not fit the text."""
    for letter, found in spans.items():
        for start, end in found:
            if "\n" in text[start:end] and letter != "c":
                yield f"'{letter}' crosses a paragraph"
            if text[start:end] != text[start:end].strip() or start == end:
                yield f"'{letter}' has white space at an end: {text[start:end]!r}"


def _hull(spans: Spans) -> list[int]:
    """One span from the first of several to the last: evidence such as 'quoted him as saying'."""
    return [spans[0][0], spans[-1][1]]


def _carried(text: str, spans: dict[str, Spans], evidence: list[int]) -> bool:
    """Whether the evidence stands in another paragraph than the statement."""
    own = (spans.get("u") or spans["c"])[0][0]
    low, high = sorted((own, evidence[0]))
    return "\n" in text[low:high]


def _carrier(text: str, spans: dict[str, Spans], k: int, name: str, kind: str) -> dict[str, Any]:
    evidence = _hull(spans[f"v{k}"])
    return {"name": name, "type": kind, "evidence": evidence, "carried": _carried(text, spans, evidence)}


def _when(text: str, spans: dict[str, Spans], fields: dict[str, Any]) -> dict[str, Any] | None:
    if "when" not in fields:
        return None
    evidence = _hull(spans["w"])
    date = None if fields["when"] == "?" else fields["when"]
    return {"evidence": evidence, "date": date, "carried": _carried(text, spans, evidence)}


def main(argv: list[str]) -> int:
    """The command line: 'check [FILE ...]' or 'build OUT'."""
    command, *rest = argv
    paths = [Path(p) for p in rest] if command == "check" and rest else sorted(REPORTS.glob("*.txt"))
    failures, statements = 0, 0
    for path in paths:
        try:
            text, record = compile_report(path)
        except ReportError as error:
            failures += 1
            print(error, file=sys.stderr)
            continue
        statements += len(record["attributions"])
        if command == "build":
            out = Path(rest[0])
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{path.stem}.txt").write_text(text, encoding="utf-8", newline="")
            (out / f"{path.stem}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(paths) - failures} reports, {statements} attributions, {failures} refused")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
