"""The preview speaks Danish in these tests, whatever the machine speaks."""

import pytest

from letters.cli.language import use_language


@pytest.fixture(autouse=True)
def danish(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    use_language({"LANG": "da_DK.UTF-8"})
