"""`letters templates`: the group itself, and `list`, `show` and `fields`."""

import re
import shlex
import shutil

import click
import pytest
from cli_examples import ROOT

from letters.cli.app import app
from letters.cli.templates import MODULES
from letters.wording.load import load_library

TEMPLATES = ROOT / "templates" / "da"


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize(("language", "heading"), [("en", "Examples:"), ("da", "Eksempler:")])
def test_every_command_teaches_by_example(run, name, language, heading):
    done = run("templates", name, "--help", language=language)
    assert done.code == 0
    assert heading in done.out
    lines = [line.strip() for line in done.out.partition(heading)[2].splitlines()]
    typed = [line for line in lines if line.startswith("letters ")]
    assert typed
    for line in typed:
        refuses_nothing_in(shlex.split(line)[1:])


def refuses_nothing_in(words):
    """The command of an example takes these words; what it does with them is not tried here."""
    command, context = app(), None
    while isinstance(command, click.Group):
        context = click.Context(command, context)
        command, words = command.get_command(context, words[0]), words[1:]
        assert command is not None
    parser = command.make_parser(click.Context(command, context))
    parser.parse_args(list(words))


def test_an_unknown_command_is_wrong_usage(run):
    assert run("templates", "liste").code == 2


def test_list_names_every_wording(run):
    names = {one["name"] for one in run("templates", "list", "--json").data["texts"]}
    assert names == set(load_library(TEMPLATES).files)


def test_list_tells_dates_and_kinds(run):
    done = run("templates", "list", "aktindsigt", language="da")
    assert done.code == 0
    assert re.search(r"grunde/retsstridigt-formaal +grund .*@2024-07-01", done.out)
    assert re.search(r"afslag +brev +Afslag på aktindsigt \(rejected\)", done.out)
    assert "standardtekster" not in done.out


def test_list_of_no_folder(run):
    done = run("templates", "list", "aktindsikt")
    assert done.code == 1
    assert "templates.unknown-case-type" in done.err
    assert "did you mean aktindsigt?" in done.err


def test_fields_are_named_as_a_wording_names_them(run):
    found = {one["name"]: one for one in run("templates", "fields", "aktindsigt", "--json").data["fields"]}
    assert found["facts.act"]["choices"] == {"ofl": "offentlighedsloven", "fvl": "forvaltningsloven"}
    assert found["facts.documents[].date"]["type"] == "date"
    assert not found["facts.delay"]["required"]
    assert found["reason.facts.hours"]["ground"] == "ressourcer"


def test_fields_in_words(run):
    done = run("templates", "fields", "integrationsansvar", language="da")
    assert re.search(r"facts.from_municipality +text +skal udfyldes +Kommunen", done.out)


def test_show_prints_the_version_of_a_date(run, tmp_path):
    library = copied(tmp_path)
    ground = library / "integrationsansvar" / "grunde"
    newer = (ground / "netvaerk.md").read_text("utf-8").replace("Vi forstår", "Vi kan godt forstå")
    (ground / "netvaerk@2026-01-01.md").write_text(newer, "utf-8")
    now = run("templates", "show", "netvaerk", "--templates", library)
    before = run("templates", "show", "netvaerk", "--at", "2025-12-31", "--templates", library)
    assert "Vi kan godt forstå" in now.out
    assert "Vi forstår" in before.out
    assert "* " in next(line for line in before.out.splitlines() if "first version" in line)
    assert run("templates", "show", "netvaerk", "--json", "--templates", library).data["shown"]["from"]


def test_show_before_the_first_version(run):
    done = run("templates", "show", "retsstridigt-formaal", "--at", "2024-06-30")
    assert done.code == 1
    assert "2024-07-01" in done.err


def test_show_of_a_name_that_several_have(run):
    done = run("templates", "show", "afslag")
    assert done.code == 1
    assert "aktindsigt/afslag, integrationsansvar/afslag" in done.err
    assert run("templates", "show", TEMPLATES / "aktindsigt" / "afslag.md").code == 0


def copied(folder):
    return shutil.copytree(TEMPLATES, folder / "da")
