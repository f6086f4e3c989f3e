"""Members of a JSON file that are the same in every letter, as hashes of laws and letterheads in a manifest.

A guard without secrets looks for nothing but what resembles a CPR number. Between two members stand a line
end and a quotation mark, which are part of no such number: when no member holds anything of that form,
however it is read, the file holds none. Of members that hold none a digest is kept, as in `pieces`. As soon
as one may hold something, the whole file is read the long way, so that what is told of it is the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from letters.secrecy.channels.channel import Channel
from letters.secrecy.channels.pieces import Pieces
from letters.secrecy.channels.text import base64_channels, json_lines
from letters.secrecy.cpr import may_hold_number
from letters.secrecy.normal import BROKEN, fold
from letters.secrecy.readings import may_read_otherwise

# How a member of the outermost object begins in the usual form, and how the object ends.
_BEGINS = '\n  "'
_ENDS = "\n}"
# A text with one of these has readings of its own, some of which go over the end of a member.
_READ_OTHERWISE = frozenset("<&=\\%\r\v\f\x02\x85\u2028\u2029" + BROKEN)
# Lines stand side by side whose members do not. Figures go on in the next line only behind such a sign.
_SIGN = rf"[-_./:{BROKEN}]"
_GOES_ON = re.compile(rf"[0-9][ \t]*{_SIGN}[ \t]*\|")
# Bytes that are no text end with such signs by chance. Ten figures do not come together over the ends of
# their lines when each has at most four there, and none goes on that is figures from end to end.
_FIVE = rf"(?:[0-9][-_./:{BROKEN} \t]*){{5}}"
_MAY_COME_TOGETHER = re.compile(
    rf"\|[-_./:{BROKEN} \t]*{_FIVE}|{_FIVE}\||\|[-_./:{BROKEN} \t0-9]*{_SIGN}[ \t]*\|"
)


def holds_no_number(text: str, pieces: Pieces) -> bool:
    """Whether nothing in a JSON file has the form of a CPR number, as far as its members tell.

    Args:
        text: False for one that is not written in members on lines of their own.
        pieces: knows members that were looked through before.
    """
    begin, *members = text.split(_BEGINS)
    if begin != "{" or not members:
        return False
    last, _, rest = members.pop().rpartition(_ENDS)
    if rest.strip() or not all(member.endswith(",") for member in members):
        return False
    return all(
        pieces.is_clean("member", member.encode("utf-8", "surrogatepass"), lambda: _is_free(member))  # noqa: B023
        for member in (*(member[:-1] for member in members), last)
    )


def _is_free(member: str) -> bool:
    """Whether a member, from behind its first quotation mark on, holds no such number in any reading."""
    if not _READ_OTHERWISE.isdisjoint(member):
        return False
    try:
        lines = json_lines(json.loads(f'{{"{member}}}'))
        noise = "\n".join(channel.text for channel in base64_channels(member, "", _file))
    except (ValueError, RecursionError):
        return False
    # No number goes over a bar, so that each line is looked through alone.
    own, strings, bytes_ = fold(member), _side_by_side(lines), _side_by_side(noise)
    if _GOES_ON.search(strings) or _MAY_COME_TOGETHER.search(bytes_):
        return False
    return not (
        any(map(may_hold_number, (own, strings, bytes_)))
        or may_read_otherwise(member, own)
        or may_read_otherwise(lines, strings)
    )


def _file(_: bytes, __: str) -> Iterator[Channel]:
    """A member with a file inside it is read the long way."""
    raise ValueError


def _side_by_side(text: str) -> str:
    """A text folded, a bar at the end of each line."""
    return f"|{fold(text.replace(chr(10), '|'))}|"
