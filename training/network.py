"""The network: a MiniLM encoder with tagging and pointing heads. Training only; run time is ONNX.

One pass over a window gives, for every word, the tags of ``reportedly.model.layout.TAGS``; the roles among them
are decoded as a linear chain (Lafferty et al. 2001). And four pointers, ``layout.LINKS``:

* *anchor*: from cue and content words to the first cue word of their attribution, or to its first content
  word where there is no cue;
* *source*: from anchors to the first word of the source, or to none;
* *aspect*: from words of a condition, hedge, date or carrier to the anchors of the attributions that it belongs to;
* *same*: from the first word of a source to earlier words that name the same speaker, or to none.

Pointers are scaled dot products with a learned bias for the signed distance, in the manner of biaffine
dependency parsing (Dozat & Manning 2017).
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from reportedly.model.layout import LINKS, ROLES, TAGS
from reportedly.model.windows import FEATURES, WINDOW_PIECES

TAG_SIZES = [len(names) for names in TAGS.values()]
# The first layers of tags are spans and linear in the encoder's output; what sourcing asks takes one layer more.
SPAN_LAYERS = 2
POINTER_SIZE = 128
DISTANCE_BUCKETS = 32
RELATIVE_BUCKETS = 32


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, heads: int) -> Tensor:
    """Multi-head attention over (B, N, size); ``mask`` is torch's attn_mask: which keys may be seen, or a bias.

    No dropout inside: with it torch leaves its fused kernel, and training takes twice as long.
    """
    b, n, size = q.shape
    q, k, v = (x.view(b, n, heads, -1).transpose(1, 2) for x in (q, k, v))
    if mask is not None and mask.dtype != torch.bool:
        mask = mask.to(q.dtype)  # a bias is learned in full precision
    mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return mixed.transpose(1, 2).reshape(b, n, size)


class Layer(nn.Module):
    """One BERT encoder layer (Devlin et al. 2019), parameters named as in the published checkpoints."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.attend = attention  # what an export may replace by a fused operator of the run time
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.output = nn.Linear(size, size)
        self.output_norm = nn.LayerNorm(size, eps=1e-12)
        self.inner = nn.Linear(size, inner)
        self.outer = nn.Linear(inner, size)
        self.outer_norm = nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        mixed = self.output(self.attend(self.query(x), self.key(x), self.value(x), mask, self.heads))
        x = self.output_norm(x + F.dropout(mixed, self.dropout, self.training))
        mixed = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(mixed, self.dropout, self.training))


class Encoder(nn.Module):
    """The encoder with its input features; features start at zero, so training begins at the published model.

    With ``relative``, attention has a bias for the distance between pieces, one for all layers (Raffel et al. 2020).
    """

    def __init__(self, size: int, layers: int, heads: int, relative: bool = False, dropout: float = 0.1) -> None:
        super().__init__()
        vocabulary, inner = 30522, 4 * size
        self.size, self.dropout = size, dropout
        self.relative = nn.Embedding(RELATIVE_BUCKETS, heads) if relative else None
        self.words = nn.Embedding(vocabulary, size)
        self.positions = nn.Embedding(512, size)
        self.features = nn.ModuleList(nn.Embedding(n, size) for n in FEATURES)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner, dropout) for _ in range(layers))
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]]
        for k, table in enumerate(self.features):
            x = x + table(features[:, :, k])
        x = F.dropout(self.norm(x), self.dropout, self.training)
        seen = self._seen(pieces.shape[1], mask)
        for layer in self.layers:
            x = layer(x, seen)
        return x

    def _seen(self, n: int, mask: Tensor | None) -> Tensor | None:
        """Which keys each query may see, and how much each distance counts, as attention takes it."""
        keys = None if mask is None else mask[:, None, None, :]
        if self.relative is None:
            return keys
        bias = self.relative(_relative_buckets(n)).permute(2, 0, 1)[None]
        return bias if keys is None else bias.masked_fill(~keys, -1e4)


class Pointer(nn.Module):
    """Scores from every word to every word of the window, and to none (the last column): (B, T, T + 1)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(size, POINTER_SIZE), nn.Linear(size, POINTER_SIZE)
        self.nothing = nn.Linear(size, 1)
        self.distance = nn.Embedding(2 * DISTANCE_BUCKETS + 1, 1)
        nn.init.zeros_(self.distance.weight)
        self.register_buffer("buckets", _buckets(WINDOW_PIECES), persistent=False)

    def forward(self, words: Tensor, mask: Tensor | None) -> Tensor:
        n = words.shape[1]
        scores = self.query(words) @ self.key(words).transpose(1, 2) / math.sqrt(POINTER_SIZE)
        scores = scores + self.distance(self.buckets[:n, :n]).squeeze(-1)
        scores = scores.float()
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, :], -1e4)
        return torch.cat([scores, self.nothing(words).float()], dim=2)


def _buckets(n: int) -> Tensor:
    """Signed word distances, exact up to 16 and logarithmic beyond."""
    gap = torch.arange(n)[None, :] - torch.arange(n)[:, None]
    far = gap.abs().clamp(min=1).float()
    log = 16 + (far / 16).log2().mul(4).floor().clamp(min=0, max=DISTANCE_BUCKETS - 16)
    size = torch.where(far <= 16, far, log).long() * (gap != 0)
    return size * gap.sign() + DISTANCE_BUCKETS


class Network(nn.Module):
    """Encoder and heads. ``forward`` gives tags (B, T, sum of TAG_SIZES) and links (B, 4, T, T + 1).

    ``mask`` (B, L) and ``words`` (B, T) are true where pieces and words are real; None where nothing is padded.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.spans = nn.Linear(encoder.size, sum(TAG_SIZES[:SPAN_LAYERS]))
        self.sourcing = nn.Sequential(
            nn.Linear(encoder.size, encoder.size), nn.GELU(), nn.Linear(encoder.size, sum(TAG_SIZES[SPAN_LAYERS:]))
        )
        self.links = nn.ModuleList(Pointer(encoder.size) for _ in LINKS)
        self.transitions = nn.Parameter(torch.zeros(len(ROLES), len(ROLES)))
        self.start = nn.Parameter(torch.zeros(len(ROLES)))

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor | None, first: Tensor, words: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        hidden = self.encoder(pieces, features, mask)
        hidden = hidden.gather(1, first[:, :, None].expand(-1, -1, hidden.shape[2]))
        hidden = F.dropout(hidden, 0.1, self.training)
        tags = torch.cat([self.spans(hidden), self.sourcing(hidden)], dim=2)
        return tags.float(), torch.stack([link(hidden, words) for link in self.links], dim=1)

    def role_loss(self, emissions: Tensor, roles: Tensor, words: Tensor) -> Tensor:
        """Negative log likelihood of the role sequences under the chain, summed over the batch."""
        emissions, roles = emissions.float(), roles.clamp(min=0)
        mask = words.float()
        gold = emissions.gather(2, roles[:, :, None]).squeeze(2)
        path = self.start[roles[:, 0]] + (gold * mask).sum(1)
        path = path + (self.transitions[roles[:, :-1], roles[:, 1:]] * mask[:, 1:]).sum(1)
        alpha = self.start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + self.transitions, dim=1) + emissions[:, t]
            alpha = torch.where(words[:, t, None], step, alpha)
        return (torch.logsumexp(alpha, dim=1) - path).sum()


def _relative_buckets(n: int) -> Tensor:
    """T5's buckets of the distance from query to key, both ways: exact up to 8, logarithmic up to 128."""
    gap = torch.arange(n)[:, None] - torch.arange(n)[None, :]
    half, exact = RELATIVE_BUCKETS // 2, RELATIVE_BUCKETS // 4
    far = gap.abs()
    log = exact + ((far.clamp(min=1) / exact).log() / math.log(128 / exact) * (half - exact)).long()
    return (gap < 0).long() * half + torch.where(far < exact, far, log.clamp(max=half - 1))


def minilm() -> Encoder:
    """The shape of all-MiniLM-L6-v2."""
    return Encoder(size=384, layers=6, heads=12)


def mpnet() -> Encoder:
    """The shape of all-mpnet-base-v2 (Song et al. 2020), on the pieces of all-MiniLM-L6-v2."""
    return Encoder(size=768, layers=12, heads=12, relative=True)


# Where the published checkpoints keep what a Layer has.
_BERT = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "output_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}
_MPNET = {
    **_BERT,
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "output": "attention.attn.o",
    "output_norm": "attention.LayerNorm",
}


def load_published(encoder: Encoder, weights: Path) -> None:
    """Fill the encoder from a published BERT or MPNet checkpoint (safetensors); every tensor must be found."""
    published = load_file(str(weights))
    table, positions = (
        published["embeddings.word_embeddings.weight"],
        published["embeddings.position_embeddings.weight"],
    )
    state = {}
    if encoder.relative is not None:
        state["relative.weight"] = published["encoder.relative_attention_bias.weight"]
        table, positions = _bert_order(table), positions[2:]  # positions are counted from behind the padding's
    else:  # there is one segment only, so its embedding is a constant of every position
        positions = positions + published["embeddings.token_type_embeddings.weight"][0]
    state |= {"words.weight": table, "positions.weight": positions}
    names = _BERT if encoder.relative is None else _MPNET
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = published[f"embeddings.LayerNorm.{part}"]
        for k in range(len(encoder.layers)):
            for ours, theirs in names.items():
                state[f"layers.{k}.{ours}.{part}"] = published[f"encoder.layer.{k}.{theirs}.{part}"]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith("features.") for name in missing):
        raise ValueError(f"{weights}: missing {missing}, unexpected {unexpected}")


def _bert_order(table: Tensor) -> Tensor:
    """MPNet's word embeddings by BERT's ids: its vocabulary is BERT's behind four marks of its own."""
    ordered = table[4 : 4 + 30522].clone()
    cls, sep, pad = 101, 102, 0
    ordered[cls], ordered[sep], ordered[pad] = table[0], table[2], table[1]
    return ordered
