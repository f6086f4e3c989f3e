"""Verifying a confidential appendix: its files are opened in memory, and nothing that is told quotes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from letters.desk.appendices.confidential import Profile, Protection
from letters.desk.files import read_bytes
from letters.desk.manifest import Manifest
from letters.document.model import Status
from letters.problems import N_, LettersError, Place, Problem, Severity
from letters.secrecy.seal import Password, is_sealed, open_sealed

if TYPE_CHECKING:
    from letters.desk import Desk

_SEE = "forvaltningsloven § 27"


class ClosedFiles(Struct, frozen=True):
    """How the files of an appendix are made again and read.

    Attributes:
        protection: as the manifest records it, with the password that was given.
    """

    protection: Protection

    def make(self, desk: Desk, case: Path, status: Status) -> dict[str, bytes]:
        """The appendix's documents as they open, and its manifest.

        Raises:
            LettersError: it cannot be made.
        """
        return desk.confidential().remade(case, read_bytes(case), status, self.protection)

    def opened(self, data: bytes, file: Path) -> bytes:
        """A file beside the manifest as it opens; one that no longer has a password is told elsewhere.

        Raises:
            LettersError: it does not open with the password.
        """
        if self.protection.password is None or not is_sealed(data):
            return data
        try:
            return open_sealed(data, self.protection.password)
        except LettersError as error:
            (problem,) = error.problems
            placed = Problem(problem.code, problem.severity, problem.message, Place(str(file)))
            raise LettersError([placed]) from None

    def not_sealed(self, data: bytes, file: Path) -> Problem | None:
        """What is told of a file that was encrypted and is so no more."""
        if self.protection.password is None or is_sealed(data):
            return None
        message = N_("the file was encrypted when it was made, and is not any more")
        help_ = N_("find out who opened it and where copies of it are, and make the appendix again")
        return Problem("verify.not-sealed", Severity.ERROR, message, Place(str(file)), help=help_, see=_SEE)


def closed_files(path: Path, record: Manifest, password: Callable[[], Password | None]) -> ClosedFiles:
    """What it takes to verify the appendix of a manifest.

    Args:
        password: asked only when the files are encrypted.
    Raises:
        LettersError: there is no password, or the manifest names a profile that is none.
    """
    name = record.confidential.profile if record.confidential else ""
    known = {profile.value: profile for profile in Profile}
    profile = known.get(name)
    if profile is None:
        message = N_("the manifest names a kind of protection that is not known: {name}")
        raise LettersError(
            [Problem("verify.no-manifest", Severity.FATAL, message, Place(str(path)), {"name": name})]
        )
    given = password() if profile is Profile.SEALED else None
    if profile is Profile.SEALED and given is None:
        message = N_("the appendix is encrypted, and there is no password to open it with")
        help_ = N_("give it with --password-file or LETTERS_PASSWORD, or type it when you are asked")
        raise LettersError(
            [Problem("verify.no-password", Severity.FATAL, message, Place(str(path)), help=help_)]
        )
    return ClosedFiles(Protection(profile, given))
