"""A program that puts readings into a library and says of each that it is there, until somebody ends it.

python -m tests.store.writer LIBRARY READINGS SEED
"""

from __future__ import annotations

import pickle
import random
import sys
from pathlib import Path

from reportedly.schema import Reading
from reportedly.store import Library


def main() -> None:
    where, path, seed = sys.argv[1:]
    readings: list[Reading] = pickle.loads(Path(path).read_bytes())  # noqa: S301 - the test's own
    random.Random(seed).shuffle(readings)  # noqa: S311
    with Library(where, create=False) as library:
        say("ready")
        for reading in readings:
            library.add(reading)
            say(reading.article.id)
    say("done")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
