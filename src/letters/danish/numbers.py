"""Amounts and counts in Danish prose."""

from __future__ import annotations

from decimal import Decimal

from letters.danish.typography import NO_BREAK_SPACE

_ORE = 2  # decimals of a krone
_LONGEST = 100  # figures; "1E+999999999" is a short text, but written out it would fill the memory

# Zero to twelve in words; figures above, as municipal letters write. One goes by the noun's gender.
_WORDS = ("nul", "", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
_ONE = {"en": "en", "et": "et"}


def antal(number: int) -> str:
    """Write a whole number with points between thousands.

    Source: CLDR, locale `da`.

    >>> antal(1234)
    '1.234'
    """
    # Not by Babel: it counts with 28 digits and fails on a longer number.
    return f"{number:,}".replace(",", ".")


def kroner(amount: Decimal) -> str:
    """Write an amount as Danish prose does, with a no-break space before the unit.

    Args:
        amount: Danish kroner with at most two decimals; øre are never rounded away. A whole amount is written
            without øre.
    Raises:
        ValueError: if `amount` has more than two decimals, is no number, or is beyond all measure.
    Source: CLDR, locale `da`.

    >>> kroner(Decimal("1234.5"))
    '1.234,50\\xa0kr.'
    >>> kroner(Decimal("10"))
    '10\\xa0kr.'
    """
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):  # a sign for infinity or for no number
        raise ValueError("not an amount")
    if abs(exponent) > _LONGEST:
        raise ValueError("an amount of more figures than any amount has")
    whole, ore = _whole_and_ore("".join(map(str, digits)), exponent)
    minus = "-" if sign and (whole or ore) else ""
    return f"{minus}{antal(whole)}{f',{ore:02d}' if ore else ''}{NO_BREAK_SPACE}kr."


def _whole_and_ore(digits: str, exponent: int) -> tuple[int, int]:
    # By digits and not by arithmetic: a Decimal computes with 28 digits and would round a longer amount.
    if exponent >= 0:
        return int(digits + "0" * exponent), 0
    padded = digits.rjust(1 - exponent, "0")
    fraction = padded[exponent:].rstrip("0")
    if len(fraction) > _ORE:
        raise ValueError("an amount has at most two decimals")
    return int(padded[:exponent]), int(fraction.ljust(_ORE, "0"))


def talord(number: int, genus: str = "en") -> str:
    """Write a small count in words, nul to tolv, and any other number as `antal` does.

    Args:
        genus: the noun's gender, "en" or "et"; only one changes by it.
    Raises:
        ValueError: if `genus` is neither.

    >>> talord(1, "et"), talord(12), talord(13)
    ('et', 'tolv', '13')
    """
    if genus not in _ONE:
        raise ValueError('genus is "en" or "et"')
    if number == 1:
        return _ONE[genus]
    return _WORDS[number] if 0 <= number < len(_WORDS) else antal(number)


def flertal(number: int, ental: str, flertal: str) -> str:
    """Pick the noun's form: the singular for exactly one, otherwise the plural, zero included.

    >>> flertal(1, "sag", "sager"), flertal(0, "sag", "sager")
    ('sag', 'sager')
    """
    return ental if number == 1 else flertal
