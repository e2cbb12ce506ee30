"""Many articles -> copies, claims, origins and what changed on the way. ``compare`` and ``Comparer`` are the way in."""

from reportedly.compare.claims import Judgement
from reportedly.compare.comparer import Comparer, compare

__all__ = ["Comparer", "Judgement", "compare"]
