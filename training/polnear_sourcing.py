"""Take in the sourcing layer of PolNeAR articles, written in the marked form of ``data/GUIDE.md``.

    python -m training.polnear_sourcing --polnear DIR/train --marked FOLDER

Each marked file is compiled, its text compared with the corpus', and only offsets and fields are kept, in
``data/polnear-sourcing``: none of the publishers' text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from training.reports import compile_report

SOURCING = Path(__file__).parent / "data" / "polnear-sourcing"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--marked", type=Path, required=True)
    args = parser.parse_args()
    SOURCING.mkdir(exist_ok=True)
    for path in sorted(args.marked.rglob("*.txt")):
        text, record = compile_report(path)
        with open(args.polnear / "text" / path.name, encoding="utf-8", newline="") as file:
            original = file.read()
        if text.rstrip("\n") != original.rstrip("\n"):
            raise SystemExit(f"{path}: its text is not the corpus' text")
        kept = {"id": record["id"], "attributions": record["attributions"]}
        (SOURCING / f"{path.stem}.json").write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
