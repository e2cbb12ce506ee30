"""Trained weights -> the folder that the program ships: network.onnx (int8), tokenizer.json, config.json.

python -m training.export --weights build/weights.pt --encoder DIR --to src/reportedly/model/weights
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from reportedly.model.files import FORMAT
from training.network import Network, attention, minilm

INPUTS = ("pieces", "features", "first")
OUTPUTS = ("tags", "links")


class FusedAttention(torch.autograd.Function):
    """``network.attention`` as ONNX Runtime's own operator: one kernel instead of eight, a third of the time."""

    @staticmethod
    def forward(_: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        return attention(q, k, v, None, heads)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        out = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)
        out.setType(q.type())
        return out


def fused(q: Tensor, k: Tensor, v: Tensor, _: Tensor | None, heads: int) -> Tensor:
    """Attention for export."""
    return FusedAttention.apply(q, k, v, heads)  # type: ignore[no-any-return,no-untyped-call]


class RunTime(nn.Module):
    """The network as run time wants it: one window at a time, nothing padded; pointers as log probabilities."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        for layer in network.encoder.layers:
            layer.attend = fused

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        tags, links = self.network(pieces[None], features[None], None, first[None], None)
        return tags[0], links[0].log_softmax(2)


def to_onnx(network: Network, path: Path) -> None:
    """Write the network in full precision, the numbers of pieces and words free."""
    n, t = 40, 30
    example = (torch.ones(n, dtype=torch.long), torch.zeros((n, 3), dtype=torch.long), torch.arange(t))
    torch.onnx.export(
        RunTime(network).eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={"pieces": {0: "pieces"}, "features": {0: "pieces"}, "first": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )


def quantize(full: Path, small: Path) -> None:
    """Weights to int8 by channel, activations at run time (dynamic); the heads stay as they are."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        names = [node.name for node in onnx.load(str(prepared)).graph.node if node.op_type == "MatMul"]
        heads = [name for name in names if "/encoder/" not in name]
        quantize_dynamic(
            str(prepared),
            str(small),
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=heads,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--weights", type=Path, required=True, help="an epoch-N.pt of training.train")
    parser.add_argument("--encoder", type=Path, required=True, help="the encoder's folder, for its tokenizer.json")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--name", default="small")
    parser.add_argument("--full", action="store_true", help="leave the network in full precision")
    args = parser.parse_args()
    network = Network(minilm())
    network.load_state_dict(torch.load(args.weights, weights_only=True))
    args.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        to_onnx(network, full)
        if args.full:
            shutil.copy(full, args.to / "network.onnx")
        else:
            quantize(full, args.to / "network.onnx")
    shutil.copy(args.encoder / "tokenizer.json", args.to / "tokenizer.json")
    files = ("network.onnx", "tokenizer.json")
    config = {
        "format": FORMAT,
        "name": args.name,
        "start": network.start.tolist(),
        "transitions": network.transitions.tolist(),
        "calibration": [],
        "sha256": {name: hashlib.sha256((args.to / name).read_bytes()).hexdigest() for name in files},
    }
    (args.to / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
