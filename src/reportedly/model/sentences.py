"""Vectors of sentences: what is said alike lies close together, whatever the words.

The network is all-MiniLM-L6-v2 as published (Reimers and Gurevych 2019; Apache-2.0), in int8. It is another one than
that which reads articles: fine-tuning for roles leaves no sense of what sentences have in common.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from reportedly.errors import ModelError
from reportedly.model.encoder import session_options
from reportedly.model.files import SHIPPED, checked
from reportedly.schema import Span

FORMAT = 1
SHIPPED_SENTENCES = Path(__file__).parent / "sentence_weights"
SIZE = 384  # of a vector
# Pieces of a sentence that are looked at: the published model was trained on at most 128, and a claim is shorter.
LONGEST = 128
# Characters that can make so many pieces; it bounds the work on a text without a full stop.
LONGEST_TEXT = 2_000

Vectors = npt.NDArray[np.float32]


class SentenceEncoder:
    """The network, loaded once (0.1 s, 60 MB). Thread-safe.

    ``threads`` is how many sentences go through at a time. Raises ModelError where the weights are missing or damaged.
    """

    def __init__(self, threads: int = 1, folder: Path = SHIPPED_SENTENCES) -> None:
        hashes = _hashes(folder / "config.json")
        self.weights_hash = hashes["network.onnx"][:16]  # vectors of other weights are not comparable
        self._session = onnxruntime.InferenceSession(
            checked(folder / "network.onnx", hashes),
            sess_options=session_options(),
            providers=["CPUExecutionProvider"],
        )
        self._tokenizer = Tokenizer.from_buffer(checked(SHIPPED / "tokenizer.json", hashes))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sentences") if threads > 1 else None

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """A vector of length one for each text, as the published model makes it: (n, 384)."""
        return self.within([(text, [(0, len(text))]) for text in texts])

    def within(self, passages: Sequence[tuple[str, Sequence[Span]]]) -> Vectors:
        """A vector of length one for each span of each text, read in the light of that whole text: (spans, 384).

        A text is run once, and a span gets the mean of its pieces ("late chunking", Guenther et al. 2024): so the
        vector of "none was found" knows what none was found of.
        """
        spans: dict[str, dict[Span, int]] = {}
        for text, some in passages:
            known = spans.setdefault(text, {})
            for span in some:
                known.setdefault(span, len(known))
        wanted = [text for text in spans if spans[text]]
        if not wanted:
            return np.zeros((0, SIZE), dtype=np.float32)
        run = self._threads.map if self._threads is not None else map
        means = dict(zip(wanted, run(self._means, wanted, (list(spans[text]) for text in wanted)), strict=True))
        return np.stack([means[text][spans[text][span]] for text, some in passages for span in some])

    def _means(self, text: str, spans: Sequence[Span]) -> Vectors:
        encoded = self._tokenizer.encode(text[:LONGEST_TEXT])
        inputs = {"pieces": np.array(encoded.ids, dtype=np.int64)}
        vectors = np.asarray(self._session.run(["vectors"], inputs)[0], dtype=np.float32)
        offsets = np.array(encoded.offsets, dtype=np.int64)
        return np.stack([_mean(vectors, offsets, span) for span in spans])


def _mean(vectors: Vectors, offsets: npt.NDArray[np.int64], span: Span) -> Vectors:
    """The mean of the pieces that stand in the span, of length one; of all where the whole text is meant."""
    chosen = (offsets[:, 1] > span[0]) & (offsets[:, 0] < span[1]) & (offsets[:, 1] > offsets[:, 0])
    if (span[0] == 0 and chosen[1:-1].all()) or not chosen.any():
        chosen[:] = True  # a whole text, [CLS] and [SEP] included, as published
    mean = vectors[chosen].mean(axis=0)
    found: Vectors = mean / np.linalg.norm(mean)
    return found


def _hashes(path: Path) -> dict[str, str]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ModelError(f"{path}: format {record['format']}; this program reads {FORMAT}: use its own weights")
        return dict(record["sha256"])
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; install the package again") from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"{path}: not a model's config ({error!r}); install the package again") from error
