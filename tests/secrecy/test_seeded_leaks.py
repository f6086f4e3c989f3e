"""Each kind of secret in each place of each format is found, and nothing is found in clean files."""

import json
from collections.abc import Iterator

import docx_carriers
import pdf_carriers
import pytest
from leak_people import LEAKS, SECRETS

import letters.secrecy.guard as guard_module
from letters.secrecy.guard import guard

_FORMATS = {"DOCX": docx_carriers.PLANTS, "PDF": pdf_carriers.PLANTS}
_PLACES = [(kind, place) for kind, plants in _FORMATS.items() for place in plants]


def _text_file(text: str) -> tuple[str, bytes]:
    return "letter.txt", f"Lindehøj Kommune\n\nVi har talt med {text} om sagen.\n".encode()


def _manifest(text: str) -> tuple[str, bytes]:
    return "manifest.json", json.dumps({"case": {"file": f"{text}.yaml"}, "format": 1}).encode()


_OTHER = {"text": _text_file, "manifest": _manifest}


def _assert_found(name: str, data: bytes, leak: str) -> None:
    text, kind, owner = LEAKS[leak]
    findings = guard({name: data}, SECRETS)
    assert [f for f in findings if f.sure and f.kind == kind.value and f.owner == owner], f"{leak} not found"
    for finding in findings:
        problem = finding.problem()
        assert text not in f"{finding!r} {problem!r} {problem.text()}", "a finding repeats the secret"


def _every_leak() -> Iterator[tuple[str, str, str, bytes]]:
    for format_name, plants in _FORMATS.items():
        for place, plant in plants.items():
            for leak, (text, _, _) in LEAKS.items():
                yield f"{format_name}: {place}", leak, *plant(text)
    for place, plant in _OTHER.items():
        for leak, (text, _, _) in LEAKS.items():
            yield place, leak, *plant(text)


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize(("format_name", "place"), _PLACES, ids=lambda part: part)
def test_a_planted_secret_is_found(format_name, place, leak):
    _assert_found(*_FORMATS[format_name][place](LEAKS[leak][0]), leak)


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("place", _OTHER)
def test_a_secret_in_the_text_or_the_manifest_is_found(place, leak):
    _assert_found(*_OTHER[place](LEAKS[leak][0]), leak)


def test_enough_leaks_are_planted(capsys):
    planted = len(_PLACES) * len(LEAKS) + len(_OTHER) * len(LEAKS)
    with capsys.disabled():
        print(f"\nplanted leaks: {planted}")
    assert planted >= 120


def test_clean_carriers_hold_nothing():
    files = {"letter.docx": docx_carriers.clean(), "letter.pdf": pdf_carriers.clean()}
    files |= dict(plant("en borger") for plant in _OTHER.values())
    assert guard(files, SECRETS) == ()


def test_without_the_search_nothing_is_found(monkeypatch):
    monkeypatch.setattr(guard_module, "hits", lambda *_, **__: ())
    monkeypatch.setattr(guard_module, "_suspects", lambda *_, **__: ())
    for _, leak, name, data in _every_leak():
        with pytest.raises(AssertionError, match="not found"):
            _assert_found(name, data, leak)
