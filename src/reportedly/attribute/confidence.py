"""How sure a reading of one attribution is: a logistic regression over what the decoder saw.

The weights are fitted on development articles by ``training.calibrate`` and live in the model's
config, so that confidence means the same for every set of weights: the probability that the
attribution is right as the evaluation's relaxed measure has it.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from reportedly.attribute.assemble import Draft

# Where the joint probability's weight may change: a logistic curve alone is too stiff (training.calibrate).
KNOTS = (0.2, 0.4, 0.6, 0.8)


def features(draft: Draft) -> npt.NDArray[np.float64]:
    """What the confidence is computed from.

    Five log probabilities (labels of cue, content and source; links content to cue and cue to source), the same
    as probabilities, their product with its part above each knot; no source; no cue; log length of the content.
    """
    logs = np.array(
        [
            np.mean([run.sureness for run in draft.cue]) if draft.cue else 0.0,
            np.mean([run.sureness for run in draft.content]),
            draft.source.sureness if draft.source is not None else 0.0,
            math.log(max(min(draft.content_links), 1e-6)),
            math.log(max(draft.source_link, 1e-6)),
        ]
    )
    joint = math.exp(logs.sum())
    length = math.log(sum(run.high - run.low for run in draft.content))
    rest = [joint, *(max(0.0, joint - knot) for knot in KNOTS), draft.source is None, not draft.cue, length]
    return np.concatenate([logs, np.exp(logs), np.array(rest, dtype=np.float64)])


def confidence(draft: Draft, calibration: npt.NDArray[np.float64]) -> float:
    """The probability that the draft is right; ``calibration`` is the intercept and one weight a feature."""
    z = float(calibration[0] + features(draft) @ calibration[1:])
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
