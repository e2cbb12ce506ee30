"""Tables as data (TOML), each with its source, and the functions that load them."""
