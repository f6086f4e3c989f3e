"""The command line of many letters: options, progress, and what came of them."""
