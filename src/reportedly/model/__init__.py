"""The trained model at run time: windows, ONNX Runtime, weights."""
