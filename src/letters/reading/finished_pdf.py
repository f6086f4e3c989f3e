"""The bytes of a PDF with what pdfium reads on its pages, so that two rooms need not read it twice."""

from __future__ import annotations


class FinishedPdf(bytes):
    """A PDF as it was just made: bytes like any other, of which a copy, a slice or a pickle is plain bytes.

    Attributes:
        page_texts: what pdfium read on each page of these very bytes, which cannot change; None when nobody
            asked yet. It lives as long as the bytes do.
    """

    page_texts: tuple[str, ...] | None = None

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)
