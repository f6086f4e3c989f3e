"""From finished bytes to every text in them, with the place of each.

A document may come from anywhere, so nothing is taken for granted about how it was made. What cannot be read
is reported as `Unreadable`, never skipped.
"""

from letters.secrecy.channels.channel import Channel, Role, Unreadable
from letters.secrecy.channels.files import channels
from letters.secrecy.channels.pieces import CleanPieces, Pieces

__all__ = ["Channel", "CleanPieces", "Pieces", "Role", "Unreadable", "channels"]
