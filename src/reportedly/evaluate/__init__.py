"""Predictions against gold, as figures."""
