"""One pass of the network over windows of text, by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime

from reportedly.errors import ModelError
from reportedly.model.files import ModelFiles
from reportedly.model.layout import LINKS, TAGS
from reportedly.model.windows import Pieces, Window

FloatArray = npt.NDArray[np.float32]

# Where one layer of tags ends and the next begins.
_TAG_EDGES = np.cumsum([len(names) for names in TAGS.values()])


@dataclass(frozen=True, eq=False)
class Scores:
    """What the network says of the T words of a window.

    ``tags`` holds, for each layer of ``layout.TAGS``, scores (T, labels) on a log scale, not normalised; ``links``,
    for each pointer of ``layout.LINKS``, log probabilities (T, T + 1), the last column being "none".
    """

    window: Window
    tags: dict[str, FloatArray]
    links: dict[str, FloatArray]


class Encoder:
    """The network, loaded once. Thread-safe: ONNX Runtime sessions may be called from many threads.

    Windows go through it one by one, several at a time on as many threads. Batches would gain nothing on a CPU,
    and, with activations quantised by the tensor, would let a window's neighbours change what is read in it.
    """

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self._session = onnxruntime.InferenceSession(
            files.network(), sess_options=session_options(), providers=["CPUExecutionProvider"]
        )
        columns = self._session.get_outputs()[0].shape[-1]
        if columns != _TAG_EDGES[-1]:
            raise ModelError(f"{files.folder}: {columns} columns of tags where this program reads {_TAG_EDGES[-1]}")
        self._pieces = Pieces(files.tokenizer())
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="encoder") if threads > 1 else None

    @property
    def pieces(self) -> Pieces:
        """The word-piece cutter that belongs to these weights."""
        return self._pieces

    def score(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of every window, in order."""
        return list((self._threads.map if self._threads is not None else map)(self._run, windows))

    def _run(self, window: Window) -> Scores:
        inputs = {"pieces": window.pieces, "features": window.features, "first": window.first}
        tags, links = (np.asarray(output) for output in self._session.run(["tags", "links"], inputs))
        layers = np.split(tags, _TAG_EDGES[:-1], axis=1)
        return Scores(window, dict(zip(TAGS, layers, strict=True)), dict(zip(LINKS, links, strict=True)))


def session_options() -> onnxruntime.SessionOptions:
    """How every network is run: one thread a call, no remembered allocation plans, no talk."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Shapes vary from call to call, so remembered allocation plans only hold memory.
    options.enable_mem_pattern = False
    return options
