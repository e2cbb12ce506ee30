"""The gold that is measured on: PolNeAR dev (not shipped), and invented reports that are not trained on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from reportedly.schema import Attribution, Reading, from_record
from training.reports import Part, compile_report, report_paths

ROOT = Path(__file__).parents[1]
# Where corpora that may not be shipped lie on a developer's machine: beside the checkout.
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Corpus:
    """Gold readings by name: attributions, texts, and whether the sourcing layer is there."""

    name: str
    gold: dict[str, Reading]

    @property
    def attributions(self) -> dict[str, tuple[Attribution, ...]]:
        """The gold attributions by document; those inside others are left out (PolNeAR marks none)."""
        return {name: flat(reading.attributions) for name, reading in self.gold.items()}

    @property
    def texts(self) -> dict[str, str]:
        """The texts by document."""
        return {name: reading.article.text for name, reading in self.gold.items()}


def flat(attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions that stand in no other's content: what span measures compare."""
    return tuple(a for a in attributions if a.inside is None)


def polnear(folder: Path) -> Corpus:
    """A compartment of PolNeAR as shared: gold.jsonl beside text/."""
    gold = {}
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        with open(folder / "text" / f"{record['doc']}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        record = {
            "id": record["doc"],
            "attributions": [a | {"n": n} for n, a in enumerate(record["attributions"], 1)],
        }
        gold[record["id"]] = from_record(record, text)
    return Corpus(f"PolNeAR {folder.name}", gold)


def reports(part: Part) -> Corpus:
    """A part of the invented reports: "test" has seen no training and no tuning, "development" no training."""
    compiled = (compile_report(path) for path in report_paths(part))
    return Corpus(f"reports, {part}", {record["id"]: from_record(record, text) for text, record in compiled})


def folder(path: Path) -> Corpus:
    """A folder of <id>.json and <id>.txt, as the sourcing gold is."""
    gold = {}
    for file in sorted(path.glob("*.json")):
        with open(file.with_suffix(".txt"), encoding="utf-8", newline="") as text:
            gold[file.stem] = from_record(json.loads(file.read_text(encoding="utf-8")), text.read())
    return Corpus(path.name, gold)
