"""News texts -> how rare each word is: ``src/reportedly/lexicon/word_rarity.toml``.

python -m training.word_weights --polnear DIR/train/text

Counts in how many sentences a stem stands. Only stems of ordinary words are kept, in bands of like rarity, and none
that stands in fewer than LEAST sentences: no text can be had back from that.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

from reportedly.lexicon.rarity import stem
from reportedly.text import TOKEN, paragraphs, sentences

OUT = Path(__file__).parent.parent / "src" / "reportedly" / "lexicon" / "word_rarity.toml"
LEAST = 5
HEAD = """# How rare English words are in news: bands of stems (Snowball, English) by inverse document frequency.

source = "Counts only, in {n} sentences of the training part of PolNeAR (Newell et al. 2018); training/word_weights.py"
"""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--polnear", type=Path, required=True)
    counts: Counter[str] = Counter()
    total = 0
    for path in sorted(parser.parse_args().polnear.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for paragraph in paragraphs(text):
            for start, end in sentences(text, paragraph):
                total += 1
                words = (match.group() for match in TOKEN.finditer(text, start, end))
                counts.update({stem(word) for word in words if word.isascii() and word.isalpha()})
    bands: dict[float, list[str]] = {}
    for word, count in counts.items():
        if count >= LEAST:
            bands.setdefault(round(2 * math.log(total / count)) / 2, []).append(word)
    rows = [
        f'{band:.1f} = "{" ".join(sorted(words))}"'.replace(f"{band:.1f}", f'"{band:.1f}"', 1)
        for band, words in sorted(bands.items())
    ]
    most = math.log(total / (LEAST / 2))
    OUT.write_text(
        HEAD.format(n=total)
        + f"\n# Of words that are in no band.\nothers = {most:.1f}\n\n[bands]\n"
        + "\n".join(rows)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
