"""Letter -> Word, on a letterhead that Word can edit."""

from letters.render.docx.renderer import DocxRenderer

__all__ = ["DocxRenderer"]
