"""A wording library without faults, kept between runs, so that the next one need not read its YAML."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml
from lxml import etree

from letters.kept import Kept, Maker
from letters.wording.library import Library
from letters.wording.load import load_library

_KIND = "wording"
_MAKER = Maker(
    ("wording", "wording/word", "case", "danish", "document", "law", "reading"),
    ("yaml",),
    (getattr(yaml, "__with_libyaml__", False), etree.LXML_VERSION, etree.LIBXML_VERSION),
)
_READ = (".md", ".docx", ".yaml")
_LARGEST = 4 << 20  # bytes: a library that needs more is read anew each time
#: Folders of which nothing is read, but a letterhead's senders.
_LAW, _LETTERHEADS, _SENDERS = "love", "brevpapir", "afsender.yaml"


class _NotKeptError(Exception):
    """Something is in the library that a digest of files' contents says too little of, such as a link."""


def open_library(root: Path, check_codes: Collection[str], kept: Kept) -> Library:
    """As `load_library`, from what an earlier run kept where no file has changed since.

    Raises:
        TemplateError: as `load_library` does, each time.
    """
    try:
        made_of = [str(root), *sorted(check_codes), "", *_contents(root)] if kept else []
    except (OSError, _NotKeptError):
        made_of = []
    found = kept.get(_KIND, _MAKER, made_of, Library) if made_of else None
    if found is None:
        found = load_library(root, check_codes)
        if made_of and not found.faults:
            kept.put(_KIND, _MAKER, made_of, found)
    return found


def _contents(root: Path) -> Iterator[bytes | str]:
    """The path of all that lies in the library, and the contents of each file that is read.

    Raises:
        OSError: one of them cannot be read.
    """
    room = _LARGEST
    for path in _below(root, ""):
        yield path
        if path.endswith(_READ):
            data = (root / path).read_bytes()
            room -= len(data)
            if room < 0:
                raise _NotKeptError
            yield data


def _below(root: Path, folder: str) -> Iterator[str]:
    with os.scandir(root / folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{folder}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield f"{path}/"
            if path != _LAW:
                yield from _below(root, f"{path}/")
        elif not entry.is_file(follow_symlinks=False):
            raise _NotKeptError
        elif not path.startswith(f"{_LETTERHEADS}/") or entry.name == _SENDERS:
            yield path
