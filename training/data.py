"""Articles with gold attributions -> training examples: windows with labels for every head of the network.

Two kinds of gold: PolNeAR has spans only; the invented reports have the sourcing layer too. What a corpus does
not say is IGNOREd, never learned as "nothing there".
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from reportedly.model.layout import ASPECTS, KINDS, NAMES, ROLES, STANCES, TAGS
from reportedly.model.windows import SHAPE_NONE, IntArray, Pieces, Window, windows
from reportedly.text import TOKEN, quoted
from training.reports import compile_report, report_paths

IGNORE = -100
# The sourcing layer of some PolNeAR train articles: offsets and fields, none of the text.
POLNEAR_SOURCING = Path(__file__).parent / "data" / "polnear-sourcing"
Gold = Mapping[str, Any]
Words = list[tuple[int, int]]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Example:
    """One article: its text, its gold attributions, whether these have the sourcing layer, and nested ones."""

    id: str
    text: str
    attributions: Sequence[Gold]
    full: bool = False
    nested: bool = False


@dataclass(frozen=True, eq=False)
class Labelled:
    """A window with its labels.

    ``layers`` are per word (T,): those of layout.TAGS, and the pointers anchor and source, in
    which T means none. ``targets`` are per word and word (T, T + 1), true where a pointer may land (the last column:
    none): aspect, same; a row without any is not asked.
    """

    window: Window
    layers: dict[str, IntArray]
    targets: dict[str, BoolArray]


LAYERS = (*TAGS, "anchor", "source")
TARGETS = ("aspect", "same")


def read_polnear(folder: Path) -> list[Example]:
    """The articles of a PolNeAR compartment as shared: gold.jsonl and text/."""
    out = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        with open(folder / "text" / f"{record['doc']}.txt", encoding="utf-8", newline="") as file:
            out.append(Example(record["doc"], file.read(), record["attributions"]))
    return out


def read_reports() -> list[Example]:
    """The invented reports to train on."""
    compiled = [compile_report(path) for path in report_paths("train")]
    return [Example(record["id"], text, record["attributions"], full=True, nested=True) for text, record in compiled]


def with_sourcing(examples: Sequence[Example], times: int) -> list[Example]:
    """The PolNeAR articles, those for which ``data/polnear-sourcing`` has the sourcing layer so many times with it."""
    out = []
    for example in examples:
        path = POLNEAR_SOURCING / f"{example.id}.json"
        if path.exists():
            record = json.loads(path.read_text(encoding="utf-8"))
            out += [replace(example, attributions=record["attributions"], full=True)] * times
        else:
            out.append(example)
    return out


def label(window: Window, example: Example) -> Labelled:
    """The window's labels. What of an attribution lies outside the window is left out of it."""
    n = len(window.words)
    layers = {name: np.full(n, IGNORE, dtype=np.int64) for name in LAYERS}
    targets = {name: np.zeros((n, n + 1), dtype=np.bool_) for name in TARGETS}
    depth = _depths(example.attributions)
    found = [_Found(gold, window, depth[k]) for k, gold in enumerate(example.attributions)]
    layers["roles"] = _roles(n, [f for f in found if f.depth == 0])
    for f in found:
        if f.anchor is None:
            continue
        if f.depth == 0:
            for low, high in f.role["cue"] + f.role["content"]:
                layers["anchor"][low:high] = f.anchor
        if f.depth < 2:
            layers["source"][f.anchor] = f.role["source"][0][0] if f.role["source"] else n
    if example.nested:
        layers["inner"] = _roles(n, [f for f in found if f.depth == 1])
    if example.full:
        _sourcing(window, example, found, layers, targets)
    return Labelled(window, layers, targets)


class _Found:
    """A gold attribution as word ranges of a window."""

    def __init__(self, gold: Gold, window: Window, depth: int) -> None:
        self.gold = gold
        self.depth = depth
        self.role = {role: _words(window, gold.get(role) or []) for role in ("source", "cue", "content")}
        anchored = self.role["cue"] or self.role["content"]
        self.anchor = anchored[0][0] if anchored else None


def _depths(attributions: Sequence[Gold]) -> list[int]:
    """How many attributions each stands inside of."""
    outer = {gold.get("n"): gold.get("inside") for gold in attributions}
    depths = []
    for gold in attributions:
        depth, inside = 0, gold.get("inside")
        while inside is not None and depth < len(outer):
            depth, inside = depth + 1, outer[inside]
        depths.append(depth)
    return depths


def _words(window: Window, spans: Sequence[Sequence[int]]) -> Words:
    out = []
    for start, end in spans:
        low = int(np.searchsorted(window.words[:, 1], start, side="right"))
        high = int(np.searchsorted(window.words[:, 0], end, side="left"))
        if low < high:
            out.append((low, high))
    return out


def _roles(n: int, found: Sequence[_Found]) -> IntArray:
    roles = np.zeros(n, dtype=np.int64)
    for f in found:
        for role in ("content", "cue", "source"):  # a word in two roles is the narrower one
            _mark(roles, f.role[role], ROLES, role)
    for low in np.flatnonzero((roles > 0) & (roles % 2 == 0)):  # an I that overwriting left without its B
        if low == 0 or roles[low - 1] not in (roles[low], roles[low] - 1):
            roles[low] -= 1
    return roles


def _mark(layer: IntArray, ranges: Words, names: Sequence[str], name: str) -> None:
    for low, high in ranges:
        layer[low:high] = names.index(f"I-{name}")
        layer[low] = names.index(f"B-{name}")


def _sourcing(
    window: Window,
    example: Example,
    found: Sequence[_Found],
    layers: dict[str, IntArray],
    targets: dict[str, BoolArray],
) -> None:
    """Label what only the sourcing layer says."""
    n = len(window.words)
    layers["aspects"] = np.zeros(n, dtype=np.int64)
    layers["names"] = _names(window, example)
    for f in found:
        if f.anchor is None:
            continue
        kind = KINDS.index(f.gold["speaker"]["type"])
        for low, high in f.role["cue"] or [(f.anchor, f.anchor + 1)]:
            layers["stance"][low:high] = STANCES.index(f.gold["stance"])
            layers["kind"][low:high] = kind
        for low, high in f.role["source"]:
            layers["source_kind"][low:high] = kind
        for name, ranges in _aspects(window, example.text, f):
            _mark(layers["aspects"], ranges, ASPECTS, name)
            for low, high in ranges:
                targets["aspect"][low:high, f.anchor] = True
    _same(window, example, found, targets["same"])


def _aspects(window: Window, text: str, f: _Found) -> Iterator[tuple[str, Words]]:
    """The named word ranges of an attribution's conditions, hedges, date and carriers."""
    yield "condition", _words(window, f.gold["conditions"])
    yield "hedge", _words(window, f.gold["hedges"])
    if f.gold["when"] and not f.gold["when"]["carried"]:
        yield "when", _words(window, [f.gold["when"]["evidence"]])
    sources = f.role["source"]
    for carrier in f.gold["via"]:
        if carrier["carried"] or (f.depth and carrier["type"] == "person"):
            continue  # who tells another's words is the outer attribution's speaker: nothing to tag
        ranges = _words(window, _name_in(text, carrier["evidence"], carrier["name"]))
        if not any(low < b and a < high for low, high in ranges for a, b in sources):
            yield f"carrier-{carrier['type']}", ranges


def _name_in(text: str, span: Sequence[int], name: str) -> list[list[int]]:
    """Where the words of a name stand in a span: their longest run, or nowhere."""
    wanted = {word.lower() for word in TOKEN.findall(name) if word[0].isalnum()} - {"the", "a", "an", "of"}
    best: list[list[int]] = []
    run: list[list[int]] = []
    for match in TOKEN.finditer(text, span[0], span[1]):
        word = match.group().lower()
        if word in wanted:
            run.append([*match.span()])
        elif not (run and (word in ("of", "the") or not word[0].isalnum())):
            run = []
        if len(run) > len(best):
            best = list(run)
    return [[best[0][0], best[-1][1]]] if best else []


def _names(window: Window, example: Example) -> IntArray:
    """Name and role words of speakers, wherever they stand. Other capitalised words may be names: not asked."""
    text = example.text
    names = np.zeros(len(window.words), dtype=np.int64)
    names[[k for k, (start, _) in enumerate(window.words) if text[start].isupper()]] = IGNORE
    for low, high in (r for gold in example.attributions for r in _words(window, gold["source"])):
        names[low:high] = 0
    for gold in example.attributions:
        for label, spans in _named(text, gold):
            _mark(names, _words(window, spans), NAMES, label)
    return names


def _named(text: str, gold: Gold) -> Iterator[tuple[str, list[list[int]]]]:
    """Where a speaker's name and role stand: in its sources, and in full anywhere in the article."""
    speaker, everywhere = gold["speaker"], (0, len(text))
    for source in gold["source"]:
        yield "role", _occurrences(text, speaker["role"], source)
        if speaker["name"]:
            yield "name", _occurrences(text, speaker["name"], source) or _name_in(text, source, speaker["name"])
    if speaker["type"] in ("person", "organisation", "outlet"):
        yield "name", _occurrences(text, speaker["name"], everywhere)
    if speaker["role"] and len(speaker["role"].split()) > 1:
        yield "role", _occurrences(text, speaker["role"], everywhere)


def _occurrences(text: str, words: str | None, span: Sequence[int]) -> list[list[int]]:
    if not words:
        return []
    pattern = re.compile(r"(?<!\w)" + re.escape(words) + r"(?!\w)", re.IGNORECASE)
    return [[*match.span()] for match in pattern.finditer(text, span[0], span[1])]


def _same(window: Window, example: Example, found: Sequence[_Found], targets: BoolArray) -> None:
    """A source, or the anchor of a statement without one, points at words of the same speaker, or at none.

    These are earlier sources and the name in full: earlier too, and also later where the source itself lacks it, as
    headlines and first paragraphs describe whom the text names below. Of two who speak as one each name counts.
    """
    named: dict[str, Words] = {}
    for f in found:
        name = f.gold["speaker"]["name"]
        at = f.role["source"][0][0] if f.role["source"] else f.anchor
        if at is None or (f.role["source"] and not name):
            continue
        if name and name not in named:
            named[name] = _words(window, _in_full(example.text, name))
        own = [*f.role["source"], (at, at + 1)]
        names = named.get(name, [])
        holds_name = any(low <= a and b <= high for low, high in f.role["source"] for a, b in names)
        sources = [g.role["source"][0] for g in found if g.role["source"] and g.gold["speaker"]["name"] == name]
        earlier = [run for run in (*names, *(sources if name else ())) if run[1] <= at]
        later = [] if holds_name else [run for run in names if run[0] > own[-1][0]]
        for low, high in earlier + later:
            targets[at, low:high] = True
        if not targets[at].any():
            targets[at, -1] = True


def _in_full(text: str, name: str) -> list[list[int]]:
    """Where the name stands; of two that speak as one, where each does."""
    everywhere = (0, len(text))
    return _occurrences(text, name, everywhere) or [
        span for part in name.split(" and ") for span in _occurrences(text, part, everywhere) if len(part) < len(name)
    ]


def epoch(examples: Sequence[Example], pieces: Pieces, rng: random.Random) -> list[Labelled]:
    """Windows of every article, cut at other places each time, with marks and case varied."""
    out = []
    for example in examples:
        varied = replace(example, text=vary_marks(example.text, rng))
        limit = rng.choice((128, 192, 256, 256, 256))
        for window in windows(varied.text, pieces, limit):
            if rng.random() < 0.1:
                window.features[:, 0] = SHAPE_NONE
            out.append(label(window, varied))
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
    """Padded tensors of some windows; fields as in Window and Labelled, masks true where real."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    layers: dict[str, Tensor]
    targets: dict[str, Tensor]

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """What the network takes."""
        return self.pieces, self.features, self.mask, self.first, self.words


def collate(items: Sequence[Labelled], pad: int) -> Batch:
    """Pad windows to the longest of them. "None" moves from each window's T to the batch's."""
    length = _rounded(max(len(i.window.pieces) for i in items))
    width = _rounded(max(len(i.window.words) for i in items))
    b = len(items)
    pieces = torch.full((b, length), pad)
    features = torch.zeros((b, length, 3), dtype=torch.long)
    mask = torch.zeros((b, length), dtype=torch.bool)
    first = torch.zeros((b, width), dtype=torch.long)
    words = torch.zeros((b, width), dtype=torch.bool)
    layers = {name: torch.full((b, width), IGNORE) for name in LAYERS}
    targets = {name: torch.zeros((b, width, width + 1), dtype=torch.bool) for name in TARGETS}
    for k, item in enumerate(items):
        n, t = len(item.window.pieces), len(item.window.words)
        pieces[k, :n] = torch.from_numpy(item.window.pieces)
        features[k, :n] = torch.from_numpy(item.window.features)
        mask[k, :n] = True
        first[k, :t] = torch.from_numpy(item.window.first)
        words[k, :t] = True
        for name, values in item.layers.items():
            moved = np.where(values == t, width, values) if name in ("anchor", "source") else values
            layers[name][k, :t] = torch.from_numpy(moved)
        for name, allowed in item.targets.items():
            targets[name][k, :t, :t] = torch.from_numpy(allowed[:, :t])
            targets[name][k, :t, width] = torch.from_numpy(allowed[:, t])
    return Batch(pieces, features, mask, first, words, layers, targets)


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
