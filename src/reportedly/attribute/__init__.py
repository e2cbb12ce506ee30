"""From the model's scores to attributions: who said what, by which cue, and how sure the reading is."""
