"""Values and text as Danish prose writes them. Knows no letter, no case and no markup."""

from letters.danish.characters import RefusedCharacter, refused_characters
from letters.danish.dates import dato
from letters.danish.numbers import antal, flertal, kroner, talord
from letters.danish.phrases import ejefald, liste, stort
from letters.danish.typography import no_breaks, year_dashes

__all__ = [
    "RefusedCharacter",
    "antal",
    "dato",
    "ejefald",
    "flertal",
    "kroner",
    "liste",
    "no_breaks",
    "refused_characters",
    "stort",
    "talord",
    "year_dashes",
]
