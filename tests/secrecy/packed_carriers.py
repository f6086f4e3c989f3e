"""Files in which other files lie: mail, archives, older Office files."""

import base64
import bz2
import gzip
import io
import lzma
import struct
import tarfile

_SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def mail(attachment: bytes) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(attachment)


def mail_header(text: str) -> bytes:
    return b"Subject: =?utf-8?B?" + base64.b64encode(text.encode()) + b"?=\n\nHej\n"


def archive(member: bytes) -> bytes:
    """A tape archive, which packs nothing."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        info = tarfile.TarInfo("gammelt/svar.docx")
        info.size = len(member)
        tar.addfile(info, io.BytesIO(member))
    return buffer.getvalue()


def squeezed(text: str) -> list[bytes]:
    raw = f"{text}\n".encode() * 3
    return [gzip.compress(raw), bz2.compress(raw), lzma.compress(raw)]


def compound_file(name: str, stream: bytes) -> bytes:
    """A compound file (MS-CFB) with one stream, whose sectors lie from the last to the first."""
    stream = stream.ljust(4096, b" ")  # shorter ones lie elsewhere
    pieces = [stream[i : i + _SECTOR].ljust(_SECTOR, b" ") for i in range(0, len(stream), _SECTOR)]
    count = len(pieces)
    first = 1 + count  # sector 0 is the directory, then the stream's sectors, then the table
    table = [_END, _END, *range(1, count), _FAT]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16s5H6x3I2I4I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 0, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<I", first) + struct.pack("<I", _FREE) * 108
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    entries.append(_entry(name, 2, child=_NONE, start=count, size=len(stream)))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return head + directory + b"".join(reversed(pieces)) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16sIQQIQ", raw, len(raw) + 2, kind, 1, _NONE, _NONE, child, b"", 0, 0, 0, start, size
    )
