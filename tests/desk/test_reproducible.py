"""The same case and library give the same bytes whatever the machine is set to, and no clock is asked."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
CASES = (
    FIXTURES / "integrationsansvar" / "01-afslag-tre-grunde.yaml",
    FIXTURES / "integrationsansvar" / "08-godkendelse-to-modtagere.yaml",
    FIXTURES / "besvarelse" / "02-delspoergsmaal-og-tabel.yaml",
)
FILES = {"letter.docx", "letter.pdf", "letter.txt", "manifest.json"}

# Makes the letters in a process of its own. Every clock that Python has says what it is told; one that says
# nothing of the sort, such as a timer, goes on as ever.
PROGRAM = """
import datetime, sys, time

sys.path.insert(0, {source!r})
NOW = {now!r}
if NOW:
    class Date(datetime.date):
        today = classmethod(lambda cls: cls.fromtimestamp(NOW))
    class DateTime(datetime.datetime):
        now = classmethod(lambda cls, tz=None: cls.fromtimestamp(NOW, tz))
        utcnow = classmethod(lambda cls: cls.fromtimestamp(NOW, datetime.UTC).replace(tzinfo=None))
        today = classmethod(lambda cls: cls.fromtimestamp(NOW))
    datetime.date, datetime.datetime = Date, DateTime
    real = {{name: getattr(time, name) for name in ("localtime", "gmtime", "strftime")}}
    time.time = lambda: float(NOW)
    time.time_ns = lambda: NOW * 10**9
    time.localtime = lambda seconds=None: real["localtime"](NOW if seconds is None else seconds)
    time.gmtime = lambda seconds=None: real["gmtime"](NOW if seconds is None else seconds)
    time.strftime = lambda form, when=None: real["strftime"](form, when or time.localtime())

import locale
locale.setlocale(locale.LC_ALL, "")
{work}
"""
MAKE = "from letters.cli import main; sys.exit(main({args!r}))"


def made(
    tmp_path: Path,
    name: str,
    *,
    library: Path,
    cases: list[Path],
    now: int = 0,
    cwd: Path | None = None,
    **settings: str,
) -> dict[str, bytes]:
    """Make the letters in a process with its own folder, home and settings; the files by name."""
    home, out = tmp_path / f"home-{name}", tmp_path / f"out-{name}"
    home.mkdir()
    args = ["draft", *map(str, cases), "--out", str(out), "--templates", str(library)]
    program = PROGRAM.format(source=str(ROOT / "src"), now=now, work=MAKE.format(args=args))
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "USER": name, "LOGNAME": name, **settings}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=cwd or home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {f"{p.parent.name}/{p.name}": p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def locales() -> set[str]:
    """The locales of this machine."""
    return set(subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, which nobody edits while the tests run."""
    return Path(shutil.copytree(ROOT / "templates" / "da", tmp_path_factory.mktemp("one") / "da"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, library: Path) -> dict[str, bytes]:
    files = made(
        tmp_path_factory.mktemp("plain"), "anna", library=library, cases=list(CASES), PYTHONHASHSEED="1"
    )
    assert len(files) == len(CASES) * len(FILES)
    return files


def test_another_machine_in_every_way_that_does_not_matter(
    plain: dict[str, bytes], library: Path, tmp_path: Path
) -> None:
    """Folder, user, home, time zone, locale, date, hash seed and the library's place, all at once."""
    other = tmp_path / "en mappe med æøå" / "da"
    shutil.copytree(library, other)
    elsewhere = tmp_path / "sager"
    elsewhere.mkdir()
    cases = [Path(shutil.copy(case, elsewhere)) for case in CASES]
    utf8 = sorted(locales() & {"tr_TR.utf8", "da_DK.utf8", "de_DE.utf8", "en_US.utf8", "C.utf8"})
    found = made(
        tmp_path,
        "bo",
        library=other,
        cases=cases,
        now=4_102_444_799,  # the last second of 2099
        cwd=elsewhere,
        PYTHONHASHSEED="4711",
        TZ="Pacific/Kiritimati",
        LC_ALL=utf8[-1],
        LANG=utf8[-1],
        LANGUAGE="da",
        SOURCE_DATE_EPOCH="86400",
        XDG_CONFIG_HOME=str(tmp_path),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert digests(found) == digests(plain)


@pytest.mark.parametrize(
    ("name", "now", "settings"),
    [
        ("zone", 0, {"TZ": "America/Adak"}),
        ("ascii", 0, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ("leap", 951_782_399, {"TZ": "Asia/Kathmandu"}),  # the last second of 28 February 2000
    ],
)
def test_each_by_itself(
    name: str, now: int, settings: dict[str, str], plain: dict[str, bytes], library: Path, tmp_path: Path
) -> None:
    found = made(tmp_path, name, library=library, cases=[CASES[0]], now=now, **settings)
    wanted = {key: value for key, value in plain.items() if key.startswith(CASES[0].stem + "/")}
    assert digests(found) == digests(wanted)


def test_a_program_that_asks_for_the_date_gets_another() -> None:
    """So the tests above can fail."""
    work = "import time; print(datetime.date.today().year, datetime.datetime.now().year, time.gmtime()[0])"
    program = PROGRAM.format(source=str(ROOT / "src"), now=951_782_399, work=work)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2000", "2000", "2000"]


def test_the_manifests_are_the_same_and_name_nobody(plain: dict[str, bytes]) -> None:
    manifests = [data for name, data in plain.items() if name.endswith("manifest.json")]
    assert len(manifests) == len(CASES)
    for data in manifests:
        text = data.decode()
        assert "anna" not in text
        assert "/home" not in text
        assert json.loads(text)["format"] == 1
