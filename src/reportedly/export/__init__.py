"""One writer a format: what a reading looks like outside the program."""
