"""Letter -> plain text, for pasting into a case system. No mark adds a word, and no word is lost."""

from letters.render.text.letter import render_text

__all__ = ["render_text"]
