"""The Danish catalogue is complete, sound and compiled."""

import ast
import importlib.util
import re
import string

import pytest
from cli_examples import ROOT

_SPEC = importlib.util.spec_from_file_location("danish_catalogue_tool", ROOT / "tools" / "catalogue.py")
catalogue = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(catalogue)

REMEDY = "run: python tools/catalogue.py"


@pytest.fixture(scope="module")
def danish():
    return catalogue.read_catalogue()


@pytest.fixture(scope="module")
def translated(danish):
    every = [pair for message in danish if message.id for pair in pairs(message)]
    return [(source, text) for source, text in every if text]


def pairs(message):
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def test_every_message_of_the_source_is_in_it_and_no_other(danish):
    assert {m.id for m in danish} == {m.id for m in catalogue.template()}, REMEDY


def test_everything_is_translated(danish):
    assert catalogue.untranslated(danish) == []


def test_the_compiled_catalogue_is_in_step(danish):
    assert catalogue.MO.read_bytes() == catalogue.compiled(danish), REMEDY


def test_translations_have_the_fields_of_their_source(translated):
    formatted = [
        pair for pair in translated if pair[0] not in catalogue.YAML
    ]  # these are arguments themselves
    wrong = [source for source, text in formatted if fields(source) != fields(text)]
    assert wrong == []


def fields(text):
    if "%(" in text:
        return set(re.findall(r"%\(\w+\)\w", text))
    return {
        (name, conversion) for _, name, _, conversion in string.Formatter().parse(text) if name is not None
    }


def test_messages_keep_their_form(translated):
    """Only a sentence ends as one, and the line breaks are the same."""
    for source, text in translated:
        assert source[-1:] in ".:?!" or text[-1:] not in ".!", (source, text)
        assert source.count("\n") == text.count("\n"), (source, text)
        assert text == text.strip(), text


def test_the_words_of_the_filters_are_in_it(danish):
    """Filters speak of kinds of values in words without a mark; messages hold them as arguments."""
    tree = ast.parse((ROOT / "src/letters/wording/filters.py").read_text(encoding="utf-8"))
    kinds = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "kind")
    words = {node.value.value for node in ast.walk(kinds) if isinstance(node, ast.Return)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls = [call for call in calls if getattr(call.func, "id", "") == "FilterError"]

    words |= {call.args[1].value for call in calls}
    assert len(words) > 8
    assert words <= {m.id for m in danish}
