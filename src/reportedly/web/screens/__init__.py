"""The screens, a module each: its views, and the functions that make them."""
