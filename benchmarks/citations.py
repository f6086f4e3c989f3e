"""The citation finder: a megabyte of letters, and of texts meant to hurt it, and twice as much of each.

    .venv/bin/python -m benchmarks.citations

A ratio near 2 says that the time grows with the length. The seconds are of this machine, as it is busy now.
"""

from __future__ import annotations

import time

from letters.law.find import find_citations

MEGABYTE = 1_000_000
TEXTS = {
    "letter": (
        "Det følger af integrationslovens § 18, stk. 2, jf. stk. 1, at kommunen skal overtage ansvaret, hvis"
        " flytningen har væsentlig betydning. Du kan læse mere på vores hjemmeside, og du kan ringe til os. "
    ),
    **{repr(piece): piece for piece in ("§1", "§ 1, ", "§§ 1, 2, ", "x § 1 ", "artikel 1 ", "lov om x § 1 ")},
}


def seconds(text: str) -> float:
    """The least CPU time of three runs."""
    least = float("inf")
    for _ in range(3):
        begin = time.process_time()
        find_citations(text)
        least = min(least, time.process_time() - begin)
    return least


def filled(piece: str, size: int) -> str:
    """The piece again and again, `size` bytes of UTF-8 in all."""
    return piece * (size // len(piece.encode()))


def main() -> None:
    print(f"{'text':16}{'s CPU for 1 MB':>16}{'2 MB : 1 MB':>14}")
    for name, piece in TEXTS.items():
        one, two = (seconds(filled(piece, size)) for size in (MEGABYTE, 2 * MEGABYTE))
        print(f"{name:16}{one:16.2f}{two / one:14.2f}")


if __name__ == "__main__":
    main()
