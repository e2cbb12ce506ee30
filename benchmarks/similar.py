"""Similar statements: how fast texts are embedded, how long a query takes, and what it misses.

    python -m benchmarks.similar embed|query|floor [--texts 50000] [--polnear FOLDER]

``embed``  texts a second of one thread: contents of PolNeAR, or, where that is not there, of invented readings
``query``  CPU-milliseconds of a query to the sidecar with so many vectors, and the share that it finds of the ten
           nearest by the vectors as they were made (float32); where usearch is installed, its index for comparison
``floor``  how near pairs of statements from different articles are: of how many in 1,000 the cosine is how high

``query`` embeds at most 10,000 texts. Its other vectors lie between two of these, moved a little at random.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.corpora import SHARED, polnear
from benchmarks.invented import readings
from reportedly.model.sentences import SIZE, SentenceEncoder
from reportedly.schema import Reading
from reportedly.store.records import content
from reportedly.store.similar import GROUP, LEAST
from reportedly.store.vectors import Floats, VectorFile

EMBEDDED = 10_000
QUERIES = 200
NEAREST = 10


def stories(folder: Path) -> list[Reading]:
    """Gold readings of PolNeAR, or else invented ones."""
    return list(polnear(folder).gold.values()) if folder.exists() else list(readings(200))


def texts(some: list[Reading]) -> list[str]:
    """What is said in them, each text once."""
    found = (content(reading, item) for reading in some for item in reading.attributions)
    return list(dict.fromkeys(text for text in found if text))


def embed(some: list[str]) -> None:
    """Texts a second."""
    encoder = SentenceEncoder(1)
    encoder(some[:GROUP])
    began = time.process_time()
    encoder(some)
    words = sum(len(text.split()) for text in some) / len(some)
    print(f"{len(some)} texts of {words:.1f} words: {len(some) / (time.process_time() - began):.0f} a CPU-second")


def floor(some: list[Reading]) -> None:
    """How near statements of different articles are."""
    pairs = [(content(reading, item), k) for k, reading in enumerate(some) for item in reading.attributions]
    pairs = [(text, k) for text, k in pairs if text]
    vectors, articles = SentenceEncoder(1)([text for text, _ in pairs]), np.array([k for _, k in pairs])
    cosines = (vectors @ vectors.T)[articles[:, None] < articles[None, :]]
    shares = [f"{least}: {(cosines >= least).mean() * 1000:.1f}" for least in (0.3, 0.4, LEAST, 0.5, 0.6, 0.7)]
    print(f"{len(cosines)} pairs; of 1,000 have at least {', '.join(shares)}")


def made(number: int, some: list[str]) -> Floats:
    """So many vectors of length one: of texts, and of others near them."""
    rng, known = np.random.default_rng(5), SentenceEncoder(1)(some[:EMBEDDED])
    chosen = known[rng.integers(len(known), size=number)]
    chosen[: len(known)] = known[:number]
    others = known[rng.integers(len(known), size=number)]
    chosen[len(known) :] += (
        rng.uniform(0.2, 1, (max(number - len(known), 0), 1)).astype(np.float32) * others[len(known) :]
    )
    moved = chosen + (np.arange(number)[:, None] >= len(known)) * rng.normal(0, 0.4 / SIZE**0.5, (number, SIZE))
    found: Floats = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return found


def query(vectors: Floats) -> None:
    """Time and recall, against the exact nearest."""
    asked = np.random.default_rng(6).integers(len(vectors), size=QUERIES)
    exact = [set(np.argsort(-(vectors @ vectors[k]), kind="stable")[:NEAREST].tolist()) for k in asked]
    with tempfile.TemporaryDirectory() as folder:
        file = VectorFile(Path(folder, "vectors"), "0" * 16)
        file.tidy(np.zeros(0, dtype=np.int64))
        for start in range(0, len(vectors), GROUP):
            file.add(np.arange(start, min(start + GROUP, len(vectors))), vectors[start : start + GROUP])

        def nearest(vector: Floats) -> list[int]:
            keys, cosines = file.near(vector, LEAST)
            found: list[int] = keys[np.argsort(-cosines, kind="stable")[:NEAREST]].tolist()
            return found

        _report(f"sidecar, {file.path.stat().st_size / 1e6:.0f} MB", nearest, vectors[asked], exact)
    try:
        from usearch.index import Index
    except ImportError:
        print("usearch is not installed: pip install usearch")
        return
    began = time.process_time()
    index = Index(ndim=SIZE, metric="cos", dtype="f16")
    index.add(np.arange(len(vectors)), vectors, threads=1)
    name = f"usearch, built in {time.process_time() - began:.0f} CPU-seconds"
    _report(name, lambda vector: index.search(vector, NEAREST, threads=1).keys.tolist(), vectors[asked], exact)


def _report(name: str, nearest: Callable[[Floats], list[int]], asked: Floats, exact: list[set[int]]) -> None:
    nearest(asked[0])
    began = time.process_time()
    found = [nearest(vector) for vector in asked]
    took = (time.process_time() - began) / len(asked) * 1000
    recall = np.mean([len(set(keys) & right) / len(right) for keys, right in zip(found, exact, strict=True)])
    print(f"{name}: {took:.2f} CPU-ms a query, recall@{NEAREST} {recall:.3f}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=["embed", "query", "floor"])
    parser.add_argument("--texts", type=int, default=50_000, help="vectors in the sidecar")
    parser.add_argument("--polnear", type=Path, default=SHARED / "polnear" / "dev", help="a part of PolNeAR as shared")
    args = parser.parse_args()
    some = stories(args.polnear)
    if args.what == "embed":
        embed(texts(some))
    elif args.what == "floor":
        floor(some)
    else:
        query(made(args.texts, texts(some)))


if __name__ == "__main__":
    main()
