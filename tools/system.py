"""Look for what `letters` needs from the system, and install what is missing.

    python3 tools/system.py run        what making letters needs: Pango, fonts, a Python that can make .venv
    python3 tools/system.py judge      what the tests need besides: Java, Node, LibreOffice, Chromium,
                                       poppler, pandoc

Each need is tested by using it, not by asking for a package, so any way of installing it will do. What is
missing comes from apt when there is one and the user is root or may use sudo without a password; otherwise
this says exactly what to install and ends with 1. Standard library only: it runs before .venv exists.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FONT_DIRS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT = "LiberationSans-Regular.ttf"


@dataclass(frozen=True)
class Need:
    """One thing that must be there.

    Attributes:
        what: as the user reads it.
        there: whether it is there and works.
        packages: names in Debian and Ubuntu; releases differ, and the first that the release has is taken.
        at_least: the package's lowest version that will do; empty when any will.
    """

    what: str
    there: Callable[[], bool]
    packages: tuple[str, ...]
    at_least: str = ""


def has_library(*names: str) -> bool:
    """Whether the dynamic linker finds each shared library."""
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_liberation_2() -> bool:
    """Whether Liberation Sans 2.x is installed: 1.x lacks characters that letters use, such as U+202F."""
    roots = (Path(place).expanduser() for place in FONT_DIRS)
    return any(font_revision(font) >= 2 for root in roots if root.is_dir() for font in root.rglob(FONT))


def has_font(name: str) -> bool:
    """Whether a font file of this name is installed."""
    roots = (Path(place).expanduser() for place in FONT_DIRS)
    return any(next(root.rglob(name), None) for root in roots if root.is_dir())


def font_revision(path: Path) -> float:
    """The revision that a TrueType file states in its table `head`; 0 if it has none. Source: OpenType."""
    data = path.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4s3I", data, 12 + 16 * number)
        if tag == b"head":
            return float(struct.unpack_from(">i", data, offset + 4)[0]) / 65536
    return 0.0


def has_programs(*names: str) -> bool:
    return all(shutil.which(name) for name in names)


def has_jdk() -> bool:
    """Whether `java` is 9 or newer and can compile: veraPDF is driven by one source file."""
    return has_programs("java") and "jdk.compiler" in output("java", "--list-modules")


def has_node() -> bool:
    version = re.match(r"v(\d+)", output("node", "--version")) if has_programs("node") else None
    return bool(version and int(version[1]) >= 18)


def has_writer() -> bool:
    """Whether LibreOffice has Writer; `soffice` alone can be there without it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return bool(office) and (Path(str(office)).resolve().parent / "libswlo.so").exists()


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

RUN = (
    Need("Python's venv", lambda: bool(importlib.util.find_spec("ensurepip")), (VENV, "python3-venv")),
    Need("Pango", lambda: has_library("libpango-1.0.so.0"), ("libpango-1.0-0",)),
    Need(
        "PangoFT2", lambda: has_library("libpangoft2-1.0.so.0", "libfontconfig.so.1"), ("libpangoft2-1.0-0",)
    ),
    Need(
        "HarfBuzz's font subsetting",
        lambda: has_library("libharfbuzz-subset.so.0"),
        ("libharfbuzz-subset0", "libharfbuzz0b"),
    ),
    # Up to Debian 12 and Ubuntu 22.04 `fonts-liberation` is 1.07; from then on it is 2.x.
    Need("Liberation fonts 2.x", has_liberation_2, ("fonts-liberation", "fonts-liberation2"), at_least="1:2"),
    Need("DejaVu fonts", lambda: has_font("DejaVuSerif-Bold.ttf"), ("fonts-dejavu-core",)),
)

JUDGE = (
    Need("a Java development kit (11 or newer)", has_jdk, ("default-jdk-headless",)),
    Need("Node.js (18 or newer)", has_node, ("nodejs",)),
    Need("npm", lambda: has_programs("npm"), ("npm",)),
    Need("LibreOffice Writer", has_writer, ("libreoffice-writer-nogui", "libreoffice-writer")),
    Need("poppler-utils", lambda: has_programs("pdftotext", "pdftoppm", "pdfsig"), ("poppler-utils",)),
    Need("Chromium", has_chromium, ("chromium", "chromium-browser")),
    Need("pandoc", lambda: has_programs("pandoc"), ("pandoc",)),
)


def missing(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if not need.there()]


def package(need: Need) -> str:
    """The release's package for a need; the last name when apt knows none of them."""
    for name in need.packages:
        candidate = re.search(r"Candidate: ([\w.:+~-]+)", output("apt-cache", "policy", name))
        if candidate and new_enough(candidate[1], need.at_least):
            return name
    return need.packages[-1]


def new_enough(version: str, at_least: str) -> bool:
    """Compare Debian versions as dpkg does, which knows about epochs. `fonts-liberation2` has none."""
    if not at_least:
        return True
    wanted = at_least if ":" in version else at_least.partition(":")[2]
    command = ["dpkg", "--compare-versions", version, "ge", wanted]
    return subprocess.run(command, check=False).returncode == 0


def apt() -> list[str] | None:
    """How this user runs apt-get; None when they may not, or there is none."""
    if not has_programs("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    may = has_programs("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", "apt-get"] if may and may.returncode == 0 else None


def install(command: list[str], needs: list[Need]) -> None:
    """Install from apt. A failing update is not the end: the lists that are there may do."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    subprocess.run([*command, "update", "-qq"], check=False)
    packages = [package(need) for need in needs]
    print("installing", *packages, flush=True)
    subprocess.run([*command, "install", "-y", "-qq", "--no-install-recommends", *packages], check=False)


def explain(needs: list[Need]) -> None:
    print("This machine lacks what letters needs:", file=sys.stderr)
    for need in needs:
        print(f"  {need.what}", file=sys.stderr)
    if has_programs("apt-get"):
        names = " ".join(package(need) for need in needs)
        print(f"Install it with\n  sudo apt-get install --no-install-recommends {names}", file=sys.stderr)
    else:
        names = ", ".join(need.packages[0] for need in needs)
        print(f"Install it with your system's packages (Debian's names: {names}).", file=sys.stderr)
    print("and run the same make command again.", file=sys.stderr)


def main(arguments: list[str]) -> int:
    kinds = {"run": RUN, "judge": JUDGE}
    if len(arguments) != 1 or arguments[0] not in kinds:
        print(__doc__, file=sys.stderr)
        return 2
    needs = kinds[arguments[0]]
    lacking, command = missing(needs), apt()
    if lacking and command:
        install(command, lacking)
        lacking = missing(needs)
    if lacking:
        explain(lacking)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
