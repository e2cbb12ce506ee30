"""Fine-tune the network on PolNeAR train and the invented reports. Resumable: the same command goes on.

    python -m training.train --polnear DIR --encoder DIR --out DIR [--epochs 8] [--threads 2]

OUT/state.pt is the whole state, written every few minutes; OUT/epoch-N.pt are the averaged weights
after each epoch, from which ``training.export`` makes the run-time model.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.model.layout import LINKS, ROLES, TAGS
from reportedly.model.windows import Pieces
from training.data import IGNORE, Batch, Example, batches, epoch, read_polnear, read_reports, with_sourcing
from training.network import TAG_SIZES, Network, load_published, minilm, mpnet

SAVE_SECONDS = 240
# The sourcing heads see a twentieth of the text and must not pull the encoder away from the spans.
WEIGHTS = {"inner": 0.5, "kind": 0.5, "stance": 0.5, "source_kind": 0.5, "names": 0.3, "aspect": 0.3, "same": 0.3}
# How often an epoch shows each article that has the sourcing layer: they are few.
SOURCED_TIMES = 3


@dataclass(frozen=True)
class Options:
    """What a run is made with; it is stored beside the weights."""

    epochs: int = 8
    batch_pieces: int = 2048
    encoder_rate: float = 1.5e-4  # of the top layer; each layer below has LAYER_DECAY of the one above
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.05
    average: float = 0.999
    seed: int = 1


def parameter_groups(network: Network, options: Options) -> list[dict[str, object]]:
    """Parameters with their peak rates: lower layers change less (Howard & Ruder 2018)."""
    depth = len(network.encoder.layers)
    groups: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        rate = options.head_rate
        if name.startswith("encoder.features."):
            pass
        elif name.startswith("encoder.layers."):
            above = depth - 1 - int(name.split(".")[2])
            rate = options.encoder_rate * options.layer_decay**above
        elif name.startswith("encoder."):
            rate = options.encoder_rate * options.layer_decay**depth
        groups.setdefault(rate, []).append(parameter)
    return [{"params": params, "lr": rate, "peak": rate} for rate, params in groups.items()]


def scores(network: Network, batch: Batch) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """What the network says of a batch: the scores of tags and of links, by name."""
    with torch.autocast("cpu", torch.bfloat16):
        tags, links = network(*batch.inputs)
    tag = dict(zip(TAGS, tags.split(TAG_SIZES, dim=2), strict=True))
    return tag, dict(zip(LINKS, links.unbind(1), strict=True))


def losses(network: Network, batch: Batch, teacher: Network | None = None) -> dict[str, Tensor]:
    """The losses of a batch by head, each a mean over what it is asked of (zero where it is not asked)."""
    tag, link = scores(network, batch)
    out = {"roles": network.role_loss(tag["roles"], batch.layers["roles"], batch.words) / batch.words.sum()}
    for name in ("inner", "aspects", "names", "kind", "stance", "source_kind"):
        out[name] = _classes(tag[name], batch.layers[name])
    for name in ("anchor", "source"):
        out[name] = _classes(link[name], batch.layers[name])
    for name in ("aspect", "same"):
        out[name] = _landing(link[name], batch.targets[name])
    if teacher is not None:
        out |= taught(tag, link, teacher, batch)
    return out


def taught(tag: Mapping[str, Tensor], link: Mapping[str, Tensor], teacher: Network, batch: Batch) -> dict[str, Tensor]:
    """How far the scores are from the teacher's, as cross-entropy with its probabilities (Hinton et al. 2015).

    A link is asked as far as the teacher takes its word to have it: anchors from cues and contents, sources from the
    first words of cues and contents.
    """
    with torch.no_grad():
        their_tag, their_link = scores(teacher, batch)
        roles = their_tag["roles"].softmax(2)
        some = {name: roles[:, :, ROLES.index(name)] for name in ROLES}
    words = batch.words.float()
    weights = {
        "roles": words,
        "anchor": words * (some["B-cue"] + some["I-cue"] + some["B-content"] + some["I-content"]),
        "source": words * (some["B-cue"] + some["B-content"]),
    }
    ours = {"roles": tag["roles"], "anchor": link["anchor"], "source": link["source"]}
    theirs = {"roles": roles, **{name: their_link[name].softmax(2) for name in ("anchor", "source")}}
    return {
        f"taught {name}": -((theirs[name] * ours[name].log_softmax(2)).sum(2) * weight).sum() / weight.sum()
        for name, weight in weights.items()
    }


def _classes(scores: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy over the words that are asked."""
    asked = labels != IGNORE
    return F.cross_entropy(scores[asked], labels[asked]) if asked.any() else scores.new_zeros(())


def _landing(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that a pointer lands anywhere it may, over the words that are asked."""
    asked = allowed.any(2)
    if not asked.any():
        return scores.new_zeros(())
    log = scores[asked].log_softmax(1).masked_fill(~allowed[asked], -1e4)
    return -log.logsumexp(1).mean()


class Run:
    """A training run: what must be kept to go on with it later."""

    def __init__(self, network: Network, options: Options, steps: int, teacher: Network | None = None) -> None:
        self.network, self.options, self.steps, self.teacher = network, options, steps, teacher
        self.average = {k: v.clone() for k, v in network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            parameter_groups(network, options), betas=(0.9, 0.98), weight_decay=options.weight_decay
        )
        self.step = 0

    def rate(self) -> float:
        """The share of the peak rate: linear warm-up, linear decay."""
        warm = self.options.warmup * self.steps
        return min((self.step + 1) / warm, max(0.0, (self.steps - self.step) / (self.steps - warm)))

    def update(self, batch: Batch) -> dict[str, float]:
        """One step of the optimiser and of the running average; the losses before it."""
        parts = losses(self.network, batch, self.teacher)
        sum((WEIGHTS.get(name, 1.0) * part for name, part in parts.items()), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * self.rate()
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        keep = min(self.options.average, self.step / (self.step + 10))
        with torch.no_grad():
            for key, value in self.network.state_dict().items():
                self.average[key].lerp_(value, 1 - keep)
        return {key: float(value.detach()) for key, value in parts.items()}

    def save(self, path: Path) -> None:
        """Write the state beside the old one, then put it in its place."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
        }
        torch.save(state, path.with_suffix(".part"))
        os.replace(path.with_suffix(".part"), path)

    def load(self, path: Path) -> None:
        """Take up a saved state."""
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average, self.step = state["average"], state["step"]


def train(examples: list[Example], pieces: Pieces, run: Run, out: Path, per_epoch: int, epochs: int) -> None:
    """Run to the end of the given epoch from wherever the run stands."""
    options = run.options
    saved = time.monotonic()
    run.network.train()
    for number in range(run.step // per_epoch, epochs):
        rng = random.Random(options.seed * 1000 + number)
        torch.manual_seed(options.seed * 1000 + number)
        items = epoch(examples, pieces, rng)
        endless = itertools.cycle(batches(items, pieces.pad, options.batch_pieces, rng))
        todo = itertools.islice(endless, run.step - number * per_epoch, per_epoch)
        for batch in todo:
            parts = run.update(batch)
            if run.step % 50 == 0:
                print(json.dumps({"step": run.step, "of": run.steps, "time": time.strftime("%T"), **parts}), flush=True)
            if time.monotonic() - saved > SAVE_SECONDS:
                run.save(out / "state.pt")
                saved = time.monotonic()
        run.save(out / "state.pt")
        torch.save({k: v.clone() for k, v in run.average.items()}, out / f"epoch-{number + 1}.pt")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--polnear", type=Path, required=True, help="folder with train/gold.jsonl and train/text")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors, tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to begin with")
    parser.add_argument(
        "--sourcing", action="store_true", help="train the sourcing heads too, with the invented reports"
    )
    parser.add_argument("--rate", type=float, default=Options.encoder_rate, help="peak rate of the encoder's top layer")
    parser.add_argument("--base", action="store_true", help="a base-size network, to teach the small one")
    parser.add_argument("--teacher", type=Path, help="weights of a base-size network to learn from too")
    parser.add_argument("--epochs", type=int, default=Options.epochs)
    parser.add_argument("--stop-after", type=int, help="end after this epoch of the schedule")
    parser.add_argument("--seed", type=int, default=Options.seed)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    options = Options(epochs=args.epochs, seed=args.seed, encoder_rate=args.rate)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)

    pieces = Pieces(Tokenizer.from_file(str(args.encoder / "tokenizer.json")))
    examples = read_polnear(args.polnear / "train")
    if args.sourcing:
        examples = with_sourcing(examples, SOURCED_TIMES) + read_reports() * SOURCED_TIMES
    network = Network(mpnet() if args.base else minilm())
    load_published(network.encoder, args.encoder / "model.safetensors")
    if args.start:
        network.load_state_dict(torch.load(args.start, weights_only=True))
    rng = random.Random(0)
    per_epoch = sum(1 for _ in batches(epoch(examples, pieces, rng), pieces.pad, options.batch_pieces, rng))
    teacher = None
    if args.teacher:
        teacher = Network(mpnet()).eval()
        teacher.load_state_dict(torch.load(args.teacher, weights_only=True))
    run = Run(network, options, per_epoch * options.epochs, teacher)
    if (args.out / "state.pt").exists():
        run.load(args.out / "state.pt")
    train(examples, pieces, run, args.out, per_epoch, args.stop_after or options.epochs)


if __name__ == "__main__":
    main()
