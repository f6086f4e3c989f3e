"""Run command lines in this process, in a language, and read what they print."""

import itertools
import json
import re
from dataclasses import dataclass

import pytest
from cli_examples import LOCALE, REJECTION, REPLY

from letters.cli import main


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch, capsys):
    """run("check", path, language="da") -> code, out, err."""

    def run(*args, language="en"):
        speak(monkeypatch, language)
        code = main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    for name in ("LETTERS_DEBUG", "LETTERS_FONTS", "LETTERS_TEMPLATES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return run


def speak(monkeypatch, language):
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", {"da": "da_DK.UTF-8", "en": "en_GB.UTF-8"}[language])


@pytest.fixture
def rejection(tmp_path):
    """rejection("sag.yaml", ("old", "new")) writes a rejection, with changes, and gives its path."""
    return changed_copies(tmp_path, REJECTION)


@pytest.fixture
def reply(tmp_path):
    """As `rejection`, for a reply."""
    return changed_copies(tmp_path, REPLY)


def changed_copies(folder, source):
    """Copies with a case number each: letters of a kind with the same number are refused together."""
    numbers = itertools.count(1)

    def write(name, *changes):
        text = source.read_text(encoding="utf-8")
        if (number := next(numbers)) > 1:
            text = re.sub(r'(?m)^case_number: "(.*)"$', rf'case_number: "\1-{number}"', text)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
