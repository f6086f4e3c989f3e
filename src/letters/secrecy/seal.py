"""Sealing: finished PDF and Word files, encrypted with a password. Bytes in, bytes out, no disk.

A PDF is encrypted with AES-256 (ISO 32000-2, 7.6: security handler of revision 6), a Word file as Word does
it (MS-OFFCRYPTO, agile encryption). Whatever is sealed is opened again before it is handed out: with the
password it must open, without one it must not.
"""

from __future__ import annotations

import io
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NoReturn

from letters.danish.characters import refused_characters
from letters.problems import N_, LettersError, OutputError, Place, Problem, Severity

SHORTEST = 12
#: What a PDF reader looks at (ISO 32000-2, 7.6.4.3.3): 127 bytes of UTF-8.
LONGEST_BYTES = 127
_DIFFERENT = 6
_OWN_LETTERS = 6  # so many must be left when runs, numbers and well-known words are taken away
_SHORTEST_WORD = 3
_ROWS = ("abcdefghijklmnopqrstuvwxyzæøå", "qwertyuiopå", "asdfghjklæø", "zxcvbnm", "0123456789")
_RUN = 4
# How Word wraps an encrypted file: a compound file that holds a stream of this name (MS-OFFCRYPTO 2.3.4.4).
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_KNOWN = (
    "adgangskode", "kodeord", "password", "passw0rd", "velkommen", "welcome", "fortrolig", "fortroligt",
    "hemmelig", "kommune", "danmark", "sommer", "vinter", "efterår", "foraar", "forår", "januar", "februar",
    "marts", "april", "juni", "juli", "august", "september", "oktober", "november", "december", "mandag",
    "fredag", "administrator", "admin", "letmein", "iloveyou", "jegelskerdig", "bilag", "lindehøj",
    "lindehoej",
)  # fmt: skip


class Password:
    """A password that no repr, format, comparison failure or pickle shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)

    def reveal(self) -> str:
        """The password itself, for the libraries that encrypt."""
        return self._text

    def __repr__(self) -> str:
        return "<Password>"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a password is not written anywhere")


# Weak passwords


def weaknesses(password: Password, known: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Why a password is not good enough; empty when it is.

    Args:
        known: words that whoever knows the case would try: names, numbers, titles. They are only compared.
    """
    return tuple(
        Problem(
            "secrecy.weak-password",
            Severity.FATAL,
            N_("the password is refused: {reason}"),
            Place(""),
            {"reason": reason},
            N_("take four or five words that have nothing to do with each other or with the case"),
        )
        for reason in _reasons(password.reveal(), known)
    )


def _reasons(text: str, known: Iterable[str]) -> Iterator[str]:
    plain = text.casefold()
    if len(text) < SHORTEST:
        yield N_("it has fewer than 12 characters")
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        yield N_("it is longer than 127 bytes, and a PDF reader looks at no more")
    if refused_characters(text) or text != text.strip():
        yield N_("it holds a character that cannot be typed, or begins or ends with a space")
    if len(set(plain)) < _DIFFERENT:
        yield N_("it has fewer than 6 different characters")
    if text and not any(char.isalpha() for char in text):
        yield N_("it holds no letters")
    if re.fullmatch(r"(.+?)\1+", plain):
        yield N_("it repeats itself")
    if _has(plain, known):
        yield N_("it holds a name, a word or a number of the case")
    elif text and len(_own(plain)) < _OWN_LETTERS:
        yield N_("it is made of well-known words, rows of keys or numbers")


def _has(plain: str, known: Iterable[str]) -> bool:
    bare = _bare(plain)
    words = (_bare(word) for text in known for word in (text, *text.split()))
    return any(len(word) >= _SHORTEST_WORD and word in bare for word in words)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _own(plain: str) -> str:
    """The letters that are left when what everybody tries first is taken away."""
    for word in _KNOWN:
        plain = plain.replace(word, " ")
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(row) - _RUN + 1):
            plain = plain.replace(row[start : start + _RUN], " ")
    return "".join(char for char in plain if char.isalpha())


# Sealing


def seal_pdf(data: bytes, password: Password) -> bytes:
    """Encrypt a PDF with AES-256.

    The owner password is long, random and forgotten: an empty one would open the file for everybody.

    Raises:
        OutputError: when the sealed file does not open with the password, or opens without.
    """
    import pikepdf

    encryption = pikepdf.Encryption(
        user=password.reveal(), owner=secrets.token_urlsafe(48), R=6, aes=True, metadata=True
    )
    sealed = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(sealed, encryption=encryption)
    except Exception as error:
        raise _not_sealed("PDF", type(error).__name__) from None
    _prove(sealed.getvalue(), password, "PDF")
    return sealed.getvalue()


def seal_docx(data: bytes, password: Password) -> bytes:
    """Encrypt a Word file, so that Word asks for the password.

    Raises:
        OutputError: when the sealed file does not open with the password, or opens without.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped] # no types

    sealed = io.BytesIO()
    try:
        OOXMLFile(io.BytesIO(data)).encrypt(password.reveal(), sealed)
    except Exception as error:
        raise _not_sealed("DOCX", type(error).__name__) from None
    _prove(sealed.getvalue(), password, "DOCX", data)
    return sealed.getvalue()


def _prove(sealed: bytes, password: Password, kind: str, data: bytes | None = None) -> None:
    """A seal that was not tried is no seal."""
    if not is_sealed(sealed):
        raise _not_sealed(kind, "open")
    try:
        opened = open_sealed(sealed, password)
    except LettersError:
        raise _not_sealed(kind, "shut") from None
    if data is not None and opened != data:
        raise _not_sealed(kind, "changed")


def is_sealed(data: bytes) -> bool:
    """Whether nobody reads a PDF or Word file without a password."""
    import pikepdf

    if data.startswith(b"%PDF"):
        try:
            with pikepdf.open(io.BytesIO(data)):
                return False
        except pikepdf.PasswordError:
            return True
    return data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data


def open_sealed(data: bytes, password: Password) -> bytes:
    """A sealed PDF or Word file without its seal.

    Raises:
        OutputError: when the password is wrong or the file is no sealed file.
    """
    try:
        return _opened_pdf(data, password) if data.startswith(b"%PDF") else _opened_docx(data, password)
    except Exception:
        # Whatever the libraries say may quote what they were given.
        message = N_("the file does not open: the password is wrong, or it is no sealed file")
        raise OutputError([Problem("secrecy.wrong-password", Severity.FATAL, message, Place(""))]) from None


def _opened_pdf(data: bytes, password: Password) -> bytes:
    import pikepdf

    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), password=password.reveal()) as pdf:
        if not pdf.is_encrypted:
            raise ValueError
        del pdf.trailer.ID  # random, made for the encryption
        pdf.save(opened, encryption=False, deterministic_id=True)
    return opened.getvalue()


def _opened_docx(data: bytes, password: Password) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    opened = io.BytesIO()
    file = OOXMLFile(io.BytesIO(data))
    file.load_key(password=password.reveal(), verify_password=True)
    file.decrypt(opened, verify_integrity=True)
    return opened.getvalue()


def _not_sealed(kind: str, why: str) -> OutputError:
    """`why` is a word of ours or the name of a library's exception, never its text."""
    message = N_("the {kind} file could not be sealed ({why}); nothing was written")
    problem = Problem(
        "secrecy.not-sealed", Severity.FATAL, message, Place(""), {"kind": kind, "why": why},
        N_("report this as a fault of letters"),
    )  # fmt: skip
    return OutputError([problem])
