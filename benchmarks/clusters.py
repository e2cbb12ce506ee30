"""How well articles are set side by side: copies, claims, origins and changes, on clusters whose truth is known.

    python -m benchmarks.clusters [FOLDER ...] [--floors] [--quiet]

Each FOLDER holds clusters (folders of texts with a ``cluster.json``); by default those of ``training/data/clusters``
that nobody has tuned to (``untouched-*``). ``--floors`` fails below a floor of floors.json.
What is measured: ``reportedly.evaluate.clusters``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import ROOT, SHARED
from reportedly.compare.comparer import Comparer
from reportedly.evaluate.clusters import Tally, load_cluster
from reportedly.pipeline import Reader
from reportedly.schema import Reading

FLOORS = Path(__file__).with_name("floors.json")
UNTOUCHED = "untouched-*"


def clusters(folders: list[Path]) -> Iterator[tuple[str, Path]]:
    """The set that each cluster belongs to, and its folder."""
    for parent in folders:
        for path in sorted(parent.glob("*/cluster.json")):
            yield parent.name, path.parent
    if not folders:
        for path in sorted((ROOT / "training" / "data" / "clusters").glob(f"{UNTOUCHED}/cluster.json")):
            yield "untouched", path.parent
        for path in sorted((SHARED / "gold" / "clusters").glob("*/cluster.json")):
            yield "development", path.parent


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--floors", action="store_true", help="fail below a floor")
    parser.add_argument("--quiet", action="store_true", help="only the figures of each set")
    args = parser.parse_args()
    reader = Reader()
    tallies: dict[str, Tally] = {}
    seconds = 0.0
    for name, folder in clusters(args.folders):
        readings = [reading for reading in reader.read_many([folder]) if isinstance(reading, Reading)]
        began = time.process_time()
        comparer = Comparer()
        comparer.add(readings)
        comparison = comparer.comparison()
        seconds += time.process_time() - began
        truth, alone = load_cluster(folder), Tally()
        alone.add(truth, comparison)
        tallies.setdefault(name, Tally()).add(truth, comparison)
        if not args.quiet:
            print(line(folder.name, alone), flush=True)
    for name, tally in tallies.items():
        print(line(name.upper(), tally))
    print(f"{seconds:.1f} CPU-seconds to compare what had been read")
    return 1 if args.floors and short(tallies) else 0


def line(name: str, tally: Tally) -> str:
    """The figures of one cluster or set."""
    shown = (f"{key} {value:.3f}" for key, value in tally.figures().items() if value is not None)
    return f"{name:20} {'  '.join(shown)}"


def short(tallies: dict[str, Tally]) -> bool:
    """Whether a figure falls short of its floor; says which."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("clusters", {})
    found = False
    for name, tally in tallies.items():
        figures = tally.figures()
        for key, floor in floors.get(name, {}).items():
            value = figures[key]
            if value is None or 100 * value < floor:
                print(f"BELOW ITS FLOOR: {name}: {key} is {value}, its floor {floor}")
                found = True
    return found


if __name__ == "__main__":
    sys.exit(main())
