"""The Letter in the middle: its types, how to walk it, its words, and its readable form."""
