"""From articles to attributions: who said what, by which cue, and how sure the reading is."""

from reportedly.attribute.attributor import Attributor

__all__ = ["Attributor"]
