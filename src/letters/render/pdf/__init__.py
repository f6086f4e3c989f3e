"""Letter -> PDF: tagged, PDF/UA-1 and PDF/A-2a at once, drawn by WeasyPrint on an HTML letterhead.

Importing this package loads neither WeasyPrint nor fontTools: a command that draws no PDF starts quickly.
"""

from letters.render.pdf.fonts import DEFAULT_FONT_DIRS
from letters.render.pdf.renderer import PdfRenderer

__all__ = ["DEFAULT_FONT_DIRS", "PdfRenderer"]
