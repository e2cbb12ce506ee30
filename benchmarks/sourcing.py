"""The screens that count: how long the server takes for a page of search, speakers, sourcing and inventory.

    python -m benchmarks.sourcing LIBRARY      over a library that is there, as `benchmarks.library search --keep` makes

Printed are seconds of the processor, not of the clock, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.library import FILTERS
from reportedly.store.folding import words
from reportedly.web import Limits, Settings, create_app
from training.reports import compile_report, report_paths

SEARCHES = 200
# Filters of the library under their names in an address.
_NAMES = {"published_since": "since", "published_until": "until", "min_confidence": "confidence"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    app = create_app(Settings(parser.parse_args().library, limits=Limits(rate=1e6, burst=1_000_000)))
    with TestClient(app, base_url="http://127.0.0.1:8040") as client:
        took(client, "/search", {"words": "strike"})
        seconds = sorted(took(client, "/search", asked) for asked in searches())
        print(f"search, {len(seconds)} pages: median {told(seconds[len(seconds) // 2])}, ", end="")
        print(f"95 of 100 in {told(seconds[len(seconds) * 95 // 100])}, slowest {told(seconds[-1])}")
        outlet = client.get("/outlets.json?rows=1").json()["outlets"][0]["name"]
        person = client.get("/speakers.json?rows=1").json()["people"][0]["id"]
        for path, asked in (
            ("/search", {}),
            ("/statements", {"standing": "unnamed"}),
            ("/speakers", {}),
            (f"/speaker/{person}", {}),
            ("/outlets", {}),
            ("/outlet", {"name": outlet}),
            ("/inventory", {"outlet": outlet, "since": "2034"}),
            ("/inventory", {}),
        ):
            print(f"{path} {asked or ''}: {told(took(client, path, asked))}")


def searches() -> Iterator[dict[str, str]]:
    """A word or two of the invented reports, as common there as in news; every second one with filters."""
    rng = random.Random(3)
    said = [word for path in report_paths("train") for word, _ in words(compile_report(path)[0])]
    for k in range(SEARCHES):
        filters = FILTERS[k % len(FILTERS)] if k % 2 else {}
        named = {_NAMES.get(name, name): _written(value) for name, value in filters.items()}
        yield {"words": " ".join(rng.sample(said, rng.choice((1, 2)))), **named}


def _written(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def took(client: TestClient, path: str, asked: dict[str, str]) -> float:
    """Seconds of the processor for a page."""
    begun = time.process_time()
    answer = client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    return time.process_time() - begun


def told(seconds: float) -> str:
    """Seconds in words."""
    return f"{1000 * seconds:,.0f} ms"


if __name__ == "__main__":
    main()
