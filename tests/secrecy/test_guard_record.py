"""A guard record vouches for the files it was made of, and for no others."""

import json

import pytest
from leak_people import SECRETS

from letters.problems import Severity
from letters.secrecy.guard import guard
from letters.secrecy.record import check_record, guard_record
from letters.secrecy.secrets import Allowed

OPEN = {"letter.txt": b"Svar til foreningen", "letter.docx": b"..."}
APPENDIX = {"bilag-1": b"matter: appendix"}


def _codes(problems):
    return [problem.code for problem in problems]


def test_a_record_vouches_for_its_files_under_any_name():
    record = guard_record(OPEN, APPENDIX, ())
    assert check_record(record, "guard.json", OPEN, ["bilag-1"]) == ()
    renamed = {f"2021/{name}": data for name, data in OPEN.items()}
    assert check_record(record, "guard.json", renamed, ["bilag-1"]) == ()


def test_a_changed_file_or_another_appendix_is_not_vouched_for():
    record = guard_record(OPEN, APPENDIX, ())
    changed = {**OPEN, "letter.txt": OPEN["letter.txt"] + b" "}
    assert _codes(check_record(record, "guard.json", changed, ["bilag-1"])) == ["secrecy.record-other-file"]
    assert _codes(check_record(record, "guard.json", OPEN, ["bilag-1", "bilag-2"])) == [
        "secrecy.record-other-appendix"
    ]


def test_a_record_with_an_error_vouches_for_nothing_but_warnings_pass():
    findings = guard({"letter.txt": b"Yusuf"}, SECRETS)
    record = guard_record(OPEN, APPENDIX, findings)
    (problem,) = check_record(record, "guard.json", OPEN, ["bilag-1"])
    assert (problem.code, problem.severity) == ("secrecy.record-findings", Severity.ERROR)
    warnings = guard({"letter.txt": b"nummer 1003388394"}, SECRETS)
    assert warnings
    assert check_record(guard_record(OPEN, APPENDIX, warnings), "guard.json", OPEN, ["bilag-1"]) == ()


@pytest.mark.parametrize(
    "record", [b"", b"\xff", b"[]", b"{}", b'{"format": 1, "files": [], "appendices": {}, "findings": [1]}']
)
def test_something_else_is_no_record(record):
    assert _codes(check_record(record, "guard.json", OPEN, [])) == ["secrecy.record-unreadable"]


def test_a_record_holds_allowed_words_and_no_secret():
    findings = guard({"letter.txt": b"Yusuf, 010180-0008, 20 30 40 50"}, SECRETS)
    record = guard_record(OPEN, APPENDIX, findings, [Allowed("Holm", "gadenavn")])
    assert json.loads(record)["allowed"] == [{"word": "Holm", "reason": "gadenavn"}]
    for secret in (b"usuf", b"0008", b"20 30"):
        assert secret not in record
    assert guard_record(OPEN, APPENDIX, findings, [Allowed("Holm", "gadenavn")]) == record
