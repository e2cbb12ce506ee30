"""How often the audit's alarms are right: every finding with its context, and precision by rule from judgements.

python -m benchmarks.audit FOLDER ...        folders of <id>.json with <id>.txt beside each, in the sourcing scheme
python -m benchmarks.audit --reports         the invented reports of training/data, compiled
    --new                                    print only the findings that nobody has judged
    --quiet                                  print only the table

A finding is judged ``right`` (an editor who holds the rule would act on it or be glad to have looked), ``wrong``, or
``debatable``; ``audit-judgements.toml`` keeps the judgements by article, rule and the start of the first span, and
none of the articles' words. Precision counts a debatable finding as half right,
``strict`` as wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportedly.audit import Finding, audit, shipped_rules
from reportedly.schema import Reading, from_record

JUDGEMENTS = Path(__file__).parent / "audit-judgements.toml"
VERDICTS = ("right", "debatable", "wrong")
CONTEXT = 100


def main(argv: Sequence[str]) -> int:
    """Print findings and the table; 1 where some finding has no judgement."""
    parser = argparse.ArgumentParser(description="False alarms of the audit rules")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(argv)
    judged = tomllib.loads(JUDGEMENTS.read_text("utf-8")) if JUDGEMENTS.exists() else {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    articles = 0
    for reading in _readings(options.folders, options.reports):
        articles += 1
        for finding in audit(reading):
            verdict = judged.get(reading.article.id, {}).get(finding.rule.id, {}).get(key(finding), "unjudged")
            counts[finding.rule.id][verdict] += 1
            if not options.quiet and (verdict == "unjudged" or not options.new):
                print(_shown(reading, finding, verdict))
    print(_table(articles, counts))
    return 1 if any(count["unjudged"] for count in counts.values()) else 0


def key(finding: Finding) -> str:
    """Where a finding stands: the start of its first span, or "-" for the article as a whole."""
    return str(finding.spans[0][0]) if finding.spans else "-"


def _readings(folders: Sequence[Path], reports: bool) -> Iterator[Reading]:
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            text = file.with_suffix(".txt").read_bytes().decode("utf-8")
            yield from_record(json.loads(file.read_text("utf-8")), text)
    if reports:
        from training.reports import main as compile_reports

        with tempfile.TemporaryDirectory() as built:
            compile_reports(["build", built])
            yield from _readings([Path(built)], False)


def _shown(reading: Reading, finding: Finding, verdict: str) -> str:
    text = reading.article.text
    lines = [
        f"\n{verdict.upper():10} {finding.severity} {finding.rule.id}  {reading.article.id}  {key(finding)}",
        f"    {finding.message}",
    ]
    for start, end in finding.spans[:3]:
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        lines.append("    " + f"{before}>>{text[start:end]}<<{after}".replace("\n", " / "))
    return "\n".join(lines)


def _table(articles: int, counts: dict[str, Counter[str]]) -> str:
    head = f"{'rule':22}{'n':>5}{'right':>7}{'debat.':>8}{'wrong':>7}{'unjudged':>10}{'precision':>11}{'strict':>8}"
    rows = ["", f"articles {articles}", head]
    total: Counter[str] = Counter()
    for rule in shipped_rules():
        total.update(counts[rule.id])
        rows.append(_row(rule.id, counts[rule.id]))
    rows.append(_row("all", total))
    return "\n".join(rows)


def _row(name: str, count: Counter[str]) -> str:
    judged = sum(count[verdict] for verdict in VERDICTS)
    numbers = f"{count.total():>5}{count['right']:>7}{count['debatable']:>8}{count['wrong']:>7}{count['unjudged']:>10}"
    lenient = _percent(count["right"] + count["debatable"] / 2, judged)
    return f"{name:22}{numbers}{lenient:>11}{_percent(count['right'], judged):>8}"


def _percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
