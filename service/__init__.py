"""Everything at the border: wiring, command line."""
