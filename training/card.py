"""Write the model card: what the weights are, what they were made from, and every figure with its n.

python -m training.card > docs/model-card.md
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora import SHARED
from benchmarks.quality import ERRORS, measure
from reportedly import Reader
from reportedly.model import ModelFiles

HEAD = """# Model card: `{name}`

| | |
|---|---|
| weights | `{hash}` (first 16 digits of the network's SHA-256), {size:.1f} MB, int8 |
| encoder | all-MiniLM-L6-v2 (6 layers, 384; uncased), Apache-2.0, fine-tuned |
| heads | roles (a linear chain), nested roles, conditions, hedges, dates, carriers, names, types, stances; four pointers |
| trained on | PolNeAR train (840 articles of US political news, 2015-11 to 2016-09), invented reports, the sourcing layer of 84 PolNeAR articles |
| chosen by | PolNeAR dev only |
| licence | Apache-2.0. PolNeAR states no licence for its data, and its articles are their publishers': none of their text is shipped |

Fields and measures: `docs/concepts.md`; `REL` is the whole attribution (content Jaccard at least .5, source Jaccard at least .5, cue
overlapping), as PolNeAR's scorers have it. Trained annotators reach REL 73 against each other (direct 91, indirect 67).
Made by `python -m training.card`; the same figures: `python -m benchmarks.quality`.

## Figures

| corpus | figure | value | over |
|---|---|---|---|
"""

TAIL = """
## Known weaknesses

* **Attitudes, intentions and noun cues** ("his support for", "is expected to"): annotators disagree on them, and the model finds
  fewer than two thirds of indirect attributions right.
* **Domain**: the press it learned from is American and political. The invented reports widen the phenomena, not the language of
  real agency copy; figures on them are higher than on the press.
* **Who is meant**: descriptions that name nobody ("the union", "the billionaire") are led back to a name only when the article says
  so plainly; two people of one surname are told apart by nearness and a weak pointer.
* **Nesting** is learned from invented reports alone, one level deep.
* **Windows**: a statement whose source and words stand more than a window (256 word pieces) apart is read as two or not at all.
* English only; headlines in capitals lose the signal of case.
"""


def main() -> None:
    """Print the card."""
    files = ModelFiles()
    size = (files.folder / "network.onnx").stat().st_size / 1e6
    print(HEAD.format(name=files.config.name, hash=files.weights_hash, size=size), end="")
    for corpus, name, value, over in measure(Reader(), Path(SHARED), bootstrap=500):
        shown = f"{value:.4f}" if name in ERRORS else f"{value:.1f}"
        print(f"| {corpus} | {name} | {shown} | {over} |")
    print(TAIL, end="")


if __name__ == "__main__":
    main()
