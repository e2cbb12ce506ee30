"""The published encoder -> the sentence vectors that the program ships: network.onnx (int8), config.json.

python -m training.sentences --encoder DIR --to src/reportedly/model/sentence_weights

Fine-tuning for roles destroys the encoder's sense of what sentences have in common, so vectors of sentences come
from the weights as they were published. The tokenizer is the one of ``model/weights``, and is not copied.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from reportedly.model.sentences import FORMAT, LONGEST
from training.export import fused, quantize
from training.network import Encoder, load_published, minilm


class Pieces(nn.Module):
    """Word pieces (L,) -> the vector of each (L, 384); the published model takes their mean for a sentence."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        for layer in encoder.layers:
            layer.attend = fused

    def forward(self, pieces: Tensor) -> Tensor:
        features = torch.zeros((1, pieces.shape[0], 3), dtype=torch.long)  # their tables are zero: it has none
        return self.encoder(pieces[None], features, None)[0]  # type: ignore[no-any-return]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors, tokenizer.json")
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    encoder = minilm()
    load_published(encoder, args.encoder / "model.safetensors")
    # No sentence is longer: the positions behind are left out of the package.
    encoder.positions.weight = nn.Parameter(encoder.positions.weight[:LONGEST].clone())
    args.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Pieces(encoder).eval(),
            (torch.ones(40, dtype=torch.long),),
            str(full),
            input_names=["pieces"],
            output_names=["vectors"],
            dynamic_axes={"pieces": {0: "pieces"}, "vectors": {0: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize(full, args.to / "network.onnx")
    hashes = {
        "network.onnx": hashlib.sha256((args.to / "network.onnx").read_bytes()).hexdigest(),
        "tokenizer.json": hashlib.sha256((args.encoder / "tokenizer.json").read_bytes()).hexdigest(),
    }
    config = {"format": FORMAT, "name": "all-MiniLM-L6-v2", "sha256": hashes}
    (args.to / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
