"""manifest.json: what it says, and that its documented schema is the one it has."""

from __future__ import annotations

import getpass
import json
import re
import socket
from pathlib import Path

import msgspec
import pytest

from letters.desk import Desk
from letters.desk.manifest import Manifest, NoManifest, read_record
from letters.document.model import Status
from letters.render.pdf import DEFAULT_FONT_DIRS

ROOT = Path(__file__).parents[2]
CASE = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    out = tmp_path_factory.mktemp("manifest")
    desk = Desk(ROOT / "templates" / "da", DEFAULT_FONT_DIRS)
    (made,) = desk.make([CASE], out, Status.DRAFT, force=False)
    return (made.folder / "manifest.json").read_text(encoding="utf-8")


def undescribed(schema):
    """A schema without the classes' docstrings, which are written for programmers."""
    if isinstance(schema, list):
        return [undescribed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: undescribed(part) for key, part in schema.items() if key != "description"}


def test_the_documented_schema_is_the_schema():
    text = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    (documented,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert json.loads(documented) == undescribed(msgspec.json.schema(Manifest)), (
        "bring docs/manifest.md up to date"
    )


def test_every_key_is_explained():
    text = (ROOT / "docs" / "manifest.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert explained == set(Manifest.__struct_fields__)


def test_what_is_written_can_be_read_and_is_written_the_same(record):
    assert read_record(record.encode()).json_bytes().decode() == record


def test_everything_that_shapes_the_letter_is_named(record):
    data = json.loads(record)
    assert sorted(data["library"]) == [
        "bibliotek.yaml",
        "integrationsansvar/sagstype.yaml",
        "klageveje.yaml",
        "ordliste.yaml",
    ]
    assert data["wording"]["integrationsansvar/afslag.md"]["from"] is None
    assert "brevpapir/lindehoej/afsender.yaml" in data["letterhead"]
    assert data["fonts"]["LiberationSans-Bold.ttf"]["version"].startswith("Version 2")
    named = {"letters", "python", "zlib", "pango", "harfbuzz", "fontconfig", "docxtpl", "python-docx", "lxml"}
    named |= {"weasyprint", "pydyf", "jinja2", "markdown-it-py", "fonttools", "babel"}
    assert named <= set(data["programs"])
    assert all(re.match(r"\d+\.\d+", data["programs"][name]) for name in named)


def test_nothing_of_this_machine_is_in_it(record):
    for word in (str(ROOT), str(Path.home()), socket.gethostname()):
        assert word not in record
    assert not re.search(rf'"{re.escape(getpass.getuser())}"', record)
    assert not re.search(r"\d\d:\d\d", record)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format": 1', '"format": 2'),
        ('"status": "draft"', '"status": "sent"'),
        ('"law": {', '"laws": {'),
        ('"file": "02-', '"file": "../02-'),
        ('"bibliotek.yaml"', '"../bibliotek.yaml"'),
        ('"ordliste.yaml"', '"/ordliste.yaml"'),
        ('"programs": {', '"programs": {"made": 7, '),
    ],
)
def test_what_is_no_manifest_is_refused(record, old, new):
    assert old in record
    with pytest.raises(NoManifest):
        read_record(record.replace(old, new, 1).encode())
