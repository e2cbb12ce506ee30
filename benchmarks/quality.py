"""How good the readings are: spans, calibration and sourcing, on every corpus that is at hand, against the floors.

    python -m benchmarks.quality [--shared DIR] [--model DIR] [--bootstrap N] [--floors] [--raise]

Always measured: the invented reports kept for development and for test, and the shipped example. Where the shared
corpora lie beside the checkout (or in DIR): PolNeAR dev, the sourcing gold, the seed report. ``--floors`` fails where a
floor in floors.json; ``--raise`` lifts floors to what was reached, and never lowers one.

PolNeAR marks no attribution inside another, so statements inside others are left out of span figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import ROOT, SHARED, Corpus, flat, folder, polnear, reports
from reportedly import Reader, Reading
from reportedly.evaluate.calibration import calibrate, judge
from reportedly.evaluate.sourcing import OVERLAPS, SHARES, score_sourcing
from reportedly.evaluate.spans import score

FLOORS = Path(__file__).with_name("floors.json")
SPANS = {
    "REL": "attribution.relaxed",
    "REL direct": "attribution.relaxed.direct",
    "REL indirect": "attribution.relaxed.indirect",
    "source": "token.source",
    "cue": "token.cue",
    "content": "token.content",
    "content exact": "content.strict",
}
# Figures of which less is better.
ERRORS = ("ECE",)
Figures = dict[str, float]


def read(reader: Reader, corpus: Corpus) -> dict[str, Reading]:
    """The program's reading of every article of a corpus, with the gold's outlet and date."""
    articles = [replace(gold.article, blocks=(), path=None) for gold in corpus.gold.values()]
    readings = reader.read_many(articles)
    return {name: reading for name, reading in zip(corpus.gold, readings, strict=True) if isinstance(reading, Reading)}


def span_figures(corpus: Corpus, readings: dict[str, Reading], bootstrap: int) -> Iterator[tuple[str, float, str]]:
    """Span figures with what they were taken over."""
    predicted = {name: flat(reading.attributions) for name, reading in readings.items()}
    scores = score(corpus.attributions, predicted, corpus.texts, bootstrap)
    for name, metric in SPANS.items():
        figure = scores[metric]
        interval = f" [{100 * figure.interval[0]:.1f}, {100 * figure.interval[1]:.1f}]" if figure.interval else ""
        yield name, 100 * (figure.f1 or 0.0), f"n {figure.n_gold}{interval}"
    calibration = calibrate(judge(corpus.attributions, predicted, corpus.texts))
    if calibration is not None:
        yield "ECE", calibration.equal_width_error, f"n {calibration.n}"


def sourcing_figures(corpus: Corpus, readings: dict[str, Reading]) -> Iterator[tuple[str, float, str]]:
    """Sourcing figures over matched attributions."""
    gold = {name: reading.attributions for name, reading in corpus.gold.items()}
    scores = score_sourcing(gold, {name: reading.attributions for name, reading in readings.items()})
    for name in OVERLAPS:
        figure = scores.overlaps[name]
        yield name, 100 * (figure.f1 or 0.0), f"n {figure.n_gold}"
        if name == "sourced":
            yield "sourced precision", 100 * (figure.precision or 0.0), f"n {figure.n_pred}"
            yield "sourced recall", 100 * (figure.recall or 0.0), f"n {figure.n_gold}"
    for name in SHARES:
        share = scores.shares[name]
        if share.value is not None:
            yield name, 100 * share.value, f"n {share.n}"


def exact_figures(shared: Path, readings: dict[str, Reading]) -> Iterator[tuple[str, float, str]]:
    """Exact spans a sentence, by the shared script (CofeNet's measure)."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for name, reading in readings.items():
            kept = [{r: getattr(a, r) for r in ("source", "cue", "content")} for a in flat(reading.attributions)]
            file.write(json.dumps({"doc": name, "attributions": kept}) + "\n")
        file.flush()
        dev = shared / "polnear" / "dev"
        script = shared / "bench" / "score_exact.py"
        command = [sys.executable, str(script), str(dev / "cofenet.jsonl"), str(dev / "text"), file.name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in printed.splitlines():
        if " exact F1 " in line:
            role, figure = line.split()[0], line.split(" exact F1 ")[1].split()[0]
            yield f"exact {role}", float(figure), "n " + line.split()[-1]


def measure(reader: Reader, shared: Path, bootstrap: int) -> Iterator[tuple[str, str, float, str]]:
    """Every figure: corpus, name, value, and over how many."""
    example = folder(next((ROOT / "examples" / "gold").iterdir()))
    for corpus in (reports("test"), reports("development"), replace(example, name="example")):
        readings = read(reader, corpus)
        for figure in (*span_figures(corpus, readings, bootstrap), *sourcing_figures(corpus, readings)):
            yield corpus.name, *figure
    if not shared.exists():
        return
    dev = polnear(shared / "polnear" / "dev")
    readings = read(reader, dev)
    for figure in (*span_figures(dev, readings, bootstrap), *exact_figures(shared, readings)):
        yield dev.name, *figure
    for name in ("sourcing-dev", "seed"):
        corpus = folder(shared / "gold" / name)
        for figure in sourcing_figures(corpus, read(reader, corpus)):
            yield corpus.name, *figure


def below(found: dict[str, Figures], floors: dict[str, Figures]) -> list[str]:
    """The figures that fall short of their floors, in words. Corpora that are not at hand are passed over."""
    short = []
    for corpus, names in floors.items():
        for name, floor in names.items():
            value = found.get(corpus, {}).get(name)
            if corpus in found and (value is None or (value > floor if name in ERRORS else value < floor)):
                short.append(f"{corpus}: {name} is {value}, its floor {floor}")
    return short


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--bootstrap", type=int, default=0)
    parser.add_argument("--floors", action="store_true", help="fail below a floor")
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="lift the floors that exist to what is reached"
    )
    args = parser.parse_args()
    found: dict[str, Figures] = {}
    for corpus, name, value, over in measure(Reader(args.model), args.shared, args.bootstrap):
        found.setdefault(corpus, {})[name] = value
        print(
            f"{corpus:20s} {name:18s} {value:7.4f} {over}"
            if name in ERRORS
            else f"{corpus:20s} {name:18s} {value:6.1f}  {over}"
        )
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    short = below(found, floors["quality"])
    for line in short:
        print(f"BELOW ITS FLOOR: {line}")
    if args.lift and not short:
        for corpus, names in floors["quality"].items():
            for name, floor in names.items():
                reached = found.get(corpus, {}).get(name, floor)
                names[name] = min(floor, reached) if name in ERRORS else max(floor, int(reached * 10) / 10)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return 1 if short and args.floors else 0


if __name__ == "__main__":
    sys.exit(main())
