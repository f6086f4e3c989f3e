"""Which way each condition of a wording goes, and how the other way is shown."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest
from shipped_wording import LIBRARY

from examples import ROOT, example_cases
from letters.case.read import read_case
from letters.document.dump import dump
from letters.document.model import Status
from letters.problems import TemplateError
from letters.render.text import render_text
from letters.wording.compose import Composer
from letters.wording.load import load_library
from letters.wording.tracing import Kind, Trace, TracedEnvironment

TEMPLATES = ROOT / "templates" / "da"
REJECTION = ROOT / "fixtures" / "integrationsansvar" / "02-afslag-en-grund.yaml"


@pytest.fixture
def trace():
    return Trace()


@pytest.fixture
def composer(trace):
    return Composer(LIBRARY, functools.partial(TracedEnvironment, trace=trace))


def composed(composer, case, **changes):
    text = case.read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    read = read_case(text.encode(), case.name, composer.library.spec())
    return composer.compose(read.case, Status.DRAFT, read.places.place).letter


def test_tracing_changes_no_letter(composer, trace):
    plain = Composer(LIBRARY)
    for case in example_cases():
        trace.start({})
        assert dump(composed(composer, case)) == dump(composed(plain, case))


def key_of(composer, trace, wording, tag):
    """The key of the condition that a wording file holds."""
    for key, branch in trace.branches.items():
        place = composer.place(branch.path, branch.body_line)
        if place.file.endswith(f"{wording}.md"):
            line = Path(place.file).read_text("utf-8").splitlines()[place.line - 1]
            if tag in line:
                return key
    raise AssertionError(f"{wording} has no {tag}")


def test_each_condition_that_is_met_says_which_way_it_went(composer, trace):
    trace.start({})
    composed(composer, REJECTION)
    ways = {
        ("integrationsansvar/afslag", "{% if decision and decision.refused %}"): {False},
        ("integrationsansvar/afslag", "{% for reason in reasons %}"): {True},
        ("standardtekster/sagens-gang", '{% if hearing.status == "held" %}'): {False},
    }
    for (wording, tag), taken in ways.items():
        assert trace.taken[key_of(composer, trace, wording, tag)] == taken


def test_files_come_in_the_order_of_their_use(composer, trace):
    trace.start({})
    composed(composer, REJECTION)
    names = [path.removeprefix(f"{TEMPLATES}/") for path in trace.paths]
    assert names[:2] == ["integrationsansvar/afslag.md", "standardtekster/hilsen.md"]
    assert len(names) == len(set(names))
    assert "integrationsansvar/grunde/storby.md" in names


@pytest.fixture
def refused(composer, trace):
    """The condition of the rejection that the example does not fulfil."""
    trace.start({})
    composed(composer, REJECTION)
    return key_of(composer, trace, "integrationsansvar/afslag", "decision.refused %}")


def test_a_forced_way_is_gone_and_shows_the_name_of_what_is_missing(composer, trace, refused):
    trace.start({refused: True})
    text = render_text(composed(composer, REJECTION))
    assert "‹decision.refused›" in text
    assert trace.taken[refused] == {True}


def test_forcing_nothing_again_gives_the_letter_as_it_was(composer, trace, refused):
    trace.start({})
    before = composed(composer, REJECTION)
    trace.start({refused: True})
    assert composed(composer, REJECTION) != before
    trace.start({})
    assert composed(composer, REJECTION) == before


def test_a_filter_around_a_missing_value_shows_its_name(composer, trace):
    composed(composer, REJECTION)
    trace.start({key_of(composer, trace, "standardtekster/sagens-gang", '== "held"'): True})
    assert "‹hearing.deadline›" in render_text(composed(composer, REJECTION))


def test_a_list_with_nothing_in_it_can_be_gone_through(composer, trace):
    trace.start({})
    composed(composer, REJECTION)
    loops = {key for key, branch in trace.branches.items() if branch.kind is Kind.LOOP}
    empty = [key for key, taken in trace.taken.items() if key in loops and taken == {False}]
    assert empty
    for key in empty:
        trace.start({key: True})
        composed(composer, REJECTION)
        assert trace.taken[key] == {True}


def test_every_way_that_prints_something_can_be_shown(composer, trace):
    """From the examples, forcing one more condition at a time, as the links of the page do."""
    met, gone, tried = set(), set(), set()
    states = [(case, {}) for case in example_cases()]
    while states:
        case, forced = states.pop(0)
        trace.start(forced)
        composed(composer, case)
        gone |= {(key, way) for key, taken in trace.taken.items() for way in taken}
        met |= set(trace.taken)
        for key in trace.taken:
            for way in printing(trace.branches[key]):
                if (key, way) not in gone | tried:
                    states.append((case, {**forced, key: way}))
                    tried.add((key, way))
    print(f"{len(gone)} ways of {len(trace.branches)} conditions were gone; {len(tried)} were forced")
    wanted = {(key, way) for key, branch in trace.branches.items() for way in printing(branch)}
    assert wanted <= gone
    assert met == set(trace.branches)
    assert tried


def printing(branch):
    return (True, False) if branch.otherwise else (True,)


def test_a_name_that_does_not_exist_is_still_a_fault(tmp_path, trace):
    root = tmp_path / "da"
    shutil.copytree(TEMPLATES, root)
    wording = root / "integrationsansvar" / "afslag.md"
    text = wording.read_text("utf-8").replace("{% if assessment %}", "{% if asessment %}")
    wording.write_text(text, "utf-8")
    composer = Composer(load_library(root), functools.partial(TracedEnvironment, trace=trace))
    with pytest.raises(TemplateError) as caught:
        composed(composer, REJECTION)
    (problem,) = caught.value.problems
    assert problem.code == "template.undefined"
    assert text.splitlines()[problem.place.line - 1] == "{% if asessment %}"
