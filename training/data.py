"""Articles with gold attributions -> training examples: windows with roles, anchors and sources."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from reportedly.model.windows import SHAPE_NONE, IntArray, Pieces, Window, windows
from reportedly.text import quoted
from training.network import ROLES

IGNORE = -100
_ROLE = {name: k for k, name in enumerate(ROLES)}


@dataclass(frozen=True)
class Example:
    """One article: its text and its gold attributions (dicts of span lists)."""

    id: str
    text: str
    attributions: Sequence[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Labelled:
    """A window with, per word, its role (T,), its anchor's word (T,) and its source's word (T,).

    ``anchors`` is asked of cue and content words, ``sources`` of anchors; T means none, IGNORE not asked.
    """

    window: Window
    roles: IntArray
    anchors: IntArray
    sources: IntArray


def read_polnear(folder: Path) -> list[Example]:
    """The articles of a PolNeAR compartment as shared: gold.jsonl and text/."""
    out = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        with open(folder / "text" / f"{record['doc']}.txt", encoding="utf-8", newline="") as file:
            out.append(Example(record["doc"], file.read(), record["attributions"]))
    return out


def label(window: Window, attributions: Sequence[dict[str, Any]]) -> Labelled:
    """The window's labels. What of an attribution lies outside the window is left out of it."""
    n = len(window.words)
    roles = np.zeros(n, dtype=np.int64)
    anchors = np.full(n, IGNORE, dtype=np.int64)
    sources = np.full(n, IGNORE, dtype=np.int64)
    for attribution in attributions:
        found = {r: _words(window, attribution.get(r) or []) for r in ("source", "cue", "content")}
        if not any(found.values()):
            continue
        for role in ("content", "cue", "source"):  # a word in two roles is the narrower one
            for low, high in found[role]:
                roles[low:high] = _ROLE[f"I-{role}"]
                roles[low] = _ROLE[f"B-{role}"]
        anchored = found["cue"] or found["content"]
        if not anchored:
            continue
        anchor = anchored[0][0]
        for low, high in found["cue"] + found["content"]:
            anchors[low:high] = anchor
        sources[anchor] = found["source"][0][0] if found["source"] else n
    for low in np.flatnonzero((roles > 0) & (roles % 2 == 0)):  # an I that overwriting left without its B
        if low == 0 or roles[low - 1] not in (roles[low], roles[low] - 1):
            roles[low] -= 1
    return Labelled(window, roles, anchors, sources)


def _words(window: Window, spans: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    out = []
    for start, end in spans:
        low = int(np.searchsorted(window.words[:, 1], start, side="right"))
        high = int(np.searchsorted(window.words[:, 0], end, side="left"))
        if low < high:
            out.append((low, high))
    return out


def epoch(examples: Sequence[Example], pieces: Pieces, rng: random.Random) -> list[Labelled]:
    """Windows of every article, cut at other places each time, with marks and case varied."""
    out = []
    for example in examples:
        text = vary_marks(example.text, rng)
        limit = rng.choice((128, 192, 256, 256, 256))
        for window in windows(text, pieces, limit):
            if rng.random() < 0.1:
                window.features[:, 0] = SHAPE_NONE
            out.append(label(window, example.attributions))
    return out


def vary_marks(text: str, rng: random.Random) -> str:
    """The text with its quotation marks curled, straightened or here and there dropped; offsets stay."""
    if rng.random() < 0.7:
        return text
    chars = list(text)
    kind = rng.random()
    if kind < 0.4:
        straight = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"}
        chars = [straight.get(c, c) for c in chars]
    elif kind < 0.8:
        for start, end in quoted(text):
            if chars[start] == '"':
                chars[start] = "\u201c"
            if chars[end - 1] == '"':
                chars[end - 1] = "\u201d"
        chars = ["\u2019" if c == "'" else c for c in chars]
    else:
        for match in re.finditer(r"[\"\u201c\u201d]", text):
            if rng.random() < 0.1:
                chars[match.start()] = " "
    return "".join(chars)


@dataclass(frozen=True, eq=False)
class Batch:
    """Padded tensors of some windows; field meanings as in Window and Labelled, masks true where real."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    roles: Tensor
    anchors: Tensor
    sources: Tensor


def collate(items: Sequence[Labelled], pad: int) -> Batch:
    """Pad windows to the longest of them. 'None' moves from each window's T to the batch's."""
    length = _rounded(max(len(i.window.pieces) for i in items))
    width = _rounded(max(len(i.window.words) for i in items))
    b = len(items)
    pieces = torch.full((b, length), pad)
    features = torch.zeros((b, length, 3), dtype=torch.long)
    mask = torch.zeros((b, length), dtype=torch.bool)
    first = torch.zeros((b, width), dtype=torch.long)
    words = torch.zeros((b, width), dtype=torch.bool)
    roles = torch.zeros((b, width), dtype=torch.long)
    anchors = torch.full((b, width), IGNORE)
    sources = torch.full((b, width), IGNORE)
    for k, item in enumerate(items):
        n, t = len(item.window.pieces), len(item.window.words)
        pieces[k, :n] = torch.from_numpy(item.window.pieces)
        features[k, :n] = torch.from_numpy(item.window.features)
        mask[k, :n] = True
        first[k, :t] = torch.from_numpy(item.window.first)
        words[k, :t] = True
        roles[k, :t] = torch.from_numpy(item.roles)
        anchors[k, :t] = torch.from_numpy(item.anchors)
        sources[k, :t] = torch.from_numpy(np.where(item.sources == t, width, item.sources))
    return Batch(pieces, features, mask, first, words, roles, anchors, sources)


def _rounded(n: int) -> int:
    """Up to a multiple of 32: few distinct shapes, so that the CPU kernels made for one are used again."""
    return -(-n // 32) * 32


def batches(items: Sequence[Labelled], pad: int, size: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of about ``size`` pieces, windows of like length together, in random order."""
    by_length = sorted(items, key=lambda i: len(i.window.pieces) + rng.random() * 8)
    groups: list[list[Labelled]] = []
    for item in by_length:
        if groups and (len(groups[-1]) + 1) * _rounded(len(item.window.pieces)) <= size:
            groups[-1].append(item)
        else:
            groups.append([item])
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, pad)
