"""The trained model at run time: windows, ONNX Runtime, weights."""

from reportedly.model.clues import Clue, Clues
from reportedly.model.encoder import Encoder, Scores
from reportedly.model.files import Config, ModelFiles
from reportedly.model.windows import Window, windows

__all__ = ["Clue", "Clues", "Config", "Encoder", "ModelFiles", "Scores", "Window", "windows"]
