"""Other tools, fed with the same letters."""
