"""Rules of the project that no other test holds."""

import re
import subprocess
import sys
import tomllib
import zipfile
from itertools import pairwise

import pytest

from examples import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Spelled so that this file does not name them itself.
REGISTRIES = r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(org|com)|deb\.deb[i]an\.org|archive\.ub[u]ntu\.com"
MACHINE_PATHS = r"(^|[^\w.])/(w[o]rk|r[o]ot|h[o]me|Us[e]rs)/"
PINNED = re.compile(r"^([a-z0-9-]+)==\S+ \\$")


def tracked(pattern):
    """Lines of the files that git keeps which match a pattern."""
    done = subprocess.run(
        ["git", "grep", "-nIE", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS])
def test_no_file_names_a_registry_or_a_machine(pattern):
    assert tracked(pattern) == []


def test_the_search_finds_what_there_is():
    assert any(line.startswith("LICENSE:") for line in tracked("M[o]zilla Public License"))


def test_changelog_tells_of_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(PROJECT['version'])}\b", changelog, re.MULTILINE)


def test_licence_is_the_one_that_is_named():
    assert PROJECT["license"] == "MPL-2.0"
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("Mozilla Public License Version 2.0")
    assert 'Exhibit B - "Incompatible With Secondary Licenses" Notice' in text


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-test.txt", "constraints-bench.txt"])
def test_every_pin_has_hashes(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    for line, following in pairwise(lines):
        if not line.startswith((" ", "#")):
            assert PINNED.match(line), line
            assert following.startswith("    --hash=sha256:")


def test_every_dependency_is_pinned():
    for name, wanted in {
        "constraints.txt": PROJECT["dependencies"],
        "constraints-test.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"],
        "constraints-bench.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["bench"],
    }.items():
        lines = (ROOT / name).read_text("utf-8").splitlines()
        pinned = {found[1] for line in lines if (found := PINNED.match(line))}
        assert {re.match(r"[\w-]+", entry)[0].lower() for entry in wanted} <= pinned


def test_the_wheel_carries_the_wording(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", tmp_path, ROOT], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("letters-*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
    wording = [path for path in (ROOT / "templates" / "da").rglob("*") if path.is_file()]
    assert {f"letters/{path.relative_to(ROOT)}" for path in wording} <= names
    assert any(name.startswith("letters/") and name.endswith(".mo") for name in names)
