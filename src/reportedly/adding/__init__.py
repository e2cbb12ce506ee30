"""Many inputs into a library: read by several processes, and written by one."""

from reportedly.adding.batch import AddOptions, Progress, add_inputs

__all__ = ["AddOptions", "Progress", "add_inputs"]
