"""Mix the weights of training runs: encoder and span heads between an earlier and a later run, the rest from the later.

    python -m training.average --from EARLIER.pt --with LATER.pt [LATER.pt ...] --share 0.75 --to OUT.pt

Averages of runs that began at one point generalise better than either (Wortsman et al. 2022): the later run has learned
sourcing, the earlier one had not yet overfitted the spans.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--from", dest="earlier", type=Path, required=True)
    parser.add_argument("--with", dest="later", type=Path, nargs="+", required=True)
    parser.add_argument("--share", type=float, required=True, help="the later runs' share of encoder and span heads")
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    earlier = torch.load(args.earlier, weights_only=True)
    later = [torch.load(path, weights_only=True) for path in args.later]
    mixed = {}
    for name in later[0]:
        mean = torch.stack([weights[name] for weights in later]).mean(0)
        mixed[name] = mean if name.startswith("sourcing.") else torch.lerp(earlier[name], mean, args.share)
    torch.save(mixed, args.to)


if __name__ == "__main__":
    main()
