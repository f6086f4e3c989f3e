"""Wordings that mean harm: they reach for Python, run on, or grow without end. Each is refused at its line.

The first list holds the escapes published for Jinja's sandbox, docxtpl and services built on them.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from mini import FILES, REJECTION, composer, letter, write_library

from letters.problems import Place, Problem, TemplateError
from letters.wording.load import load_library

HEAD = "---\ntitle: Afslag\nlead: result\n---\n# Titel\n\nTekst.\n\n"
LINE = 9

ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__ }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ lipsum }}",
    "{{ dict(a=1) }}",
    "{{ range(9) }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ '{0.__class__}'.format(date) }}",
    "{{ '{0.__class__.__init__.__globals__}'|format(date) }}",
    "{{ '%s'|format(date) }}",
    "{{ '%(a)s' % date }}",
    "{{ ''.format_map(facts) }}",
    "{{ recipients|map(attribute='__class__') }}",
    "{{ recipients|map('attr', '__class__') }}",
    "{{ recipients|selectattr('__class__') }}",
    "{{ recipients|groupby('__class__') }}",
    "{{ recipients|sum(attribute='__class__') }}",
    "{{ recipients|tojson }}",
    "{{ recipients|pprint }}",
    "{{ recipients|xmlattr }}",
    "{{ recipients['__class__'] }}",
    "{{ recipients[0].__class__ }}",
    "{{ recipients[0]['_Record__values'] }}",
    "{{ facts.__getitem__ }}",
    "{{ date.value }}",
    "{{ date.__init__ }}",
    "{{ assessment.blocks }}",
    "{{ ord.program.forms }}",
    "{{ ord.program.__class__ }}",
    "{{ dato.__globals__ }}",
    "{{ (date|dato).__class__ }}",
    "{{ (date|dato).field }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ request.application.__globals__ }}",
    "{{ config }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ _ }}",
    "{{ gettext.__globals__ }}",
    "{% for a in recipients %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in recipients %}{{ loop._iterable }}{% endfor %}",
    "{% for a in recipients %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for a in recipients %}{{ loop.changed(a) }}{% endfor %}",
    "{% for a in recipients recursive %}{{ loop(recipients) }}{% endfor %}",
    "{% set facts.town = 'x' %}",
    "{% set x = cycler %}{{ x }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}",
    "{% call m() %}{% endcall %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends '../afslag' %}",
    "{% block a %}{% endblock %}",
    "{% with a=1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% debug %}",
    "{% do recipients.append(1) %}",
    "{{ {'a': 1} }}",
    "{{ recipients[0:1] }}",
    "{{ 7 * 7 }}",
    "{{ 2 ** 9 }}",
    "{{ '\\x00' }}",
    "{{ '\\U000f0000' }}",
    "{{ '\\U000f0000'|stort }}",
    "{{ '\\u202eabc' }}",
    "{{ 'a\\nb' }}",
]

INCLUDES = [
    "{% include '../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% include 'standardtekster/../../hemmelig' %}",
    "{% include 'bibliotek.yaml' %}",
    "{% include ['findes/ikke', '/etc/passwd'] %}",
    "{% include facts %}",
    "{% include 5 %}",
    "{% include none %}",
    "{% include 'findes/ikke' ignore missing %}",
    "{% include 'standardtekster/klage' without context %}",
]


def _nested(opening: str, inside: str, closing: str, times: int) -> str:
    return opening * times + inside + closing * times


def _loops(depth: int, inside: str) -> str:
    opening = "".join(
        "{% for " + "abcdefghijklmnop"[i] + " in [1,2,3,4,5,6,7,8,9,0] %}" for i in range(depth)
    )
    return opening + inside + "{% endfor %}" * depth


BOMBS = {
    "multiplied text": "{{ 'a' * 10**9 }}",
    "power": "{{ 9**9**9 }}",
    "range": "{% for a in range(10**9) %}x{% endfor %}",
    "silent loops": _loops(9, ""),
    "printing loops": _loops(9, "x"),
    "loops around an include": _loops(6, "{% include 'standardtekster/klage' %}"),
    "doubled text": "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "added text": "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
    "added lists": "{% set x = [1] %}" + "{% set x = x + x %}" * 60,
    "compared lists": "{% set x = [1] %}{% set y = [1] %}"
    + "{% set x = [x, x] %}{% set y = [y, y] %}" * 60
    + "{% if x == y %}a{% endif %}",
    "long text printed often": "{% set x = '" + "a" * 50_000 + "' %}" + _loops(4, "{{ x }} "),
    "itself": "{% include 'proeve/nej' %}",
    "addresses": _loops(5, "https://a.example "),
    "brackets": "{{ " + _nested("(", "date", ")", 5_000) + "|dato }}",
    "braces": "{{" * 20_000,
    "ifs": _nested("{% if date %}", "x", "{% endif %}", 150),
    "fors": _loops(14, "x"),
    "ands": "{% if " + " and ".join(["date"] * 5_000) + " %}x{% endif %}",
    "minus": "{{ " + "-" * 5_000 + "1|antal }}",
    "long number": "{{ " + "9" * 5_000 + "|antal }}",
    "large number": "{{ " + "9" * 40 + "|antal }}",
    "endless number": "{{ 1e999|antal }}",
}


def refused(tmp_path: Path, body: str) -> Problem:
    made = composer(tmp_path, {"proeve/nej.md": HEAD + body + "\n"})
    with pytest.raises(TemplateError) as caught:
        letter(made, REJECTION)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("body", ESCAPES)
def test_nothing_of_python_is_within_reach(tmp_path: Path, body: str) -> None:
    problem = refused(tmp_path, body)
    assert problem.code in {
        "template.forbidden",
        "template.undefined",
        "template.syntax",
        "template.character",
    }
    assert problem.place.line == LINE
    assert problem.help.format_map(dict(problem.args))


@pytest.mark.parametrize("body", INCLUDES)
def test_nothing_outside_the_library_is_included(tmp_path: Path, body: str) -> None:
    (tmp_path / "hemmelig.md").write_text(FILES["standardtekster/klage.md"], "utf-8")
    problem = refused(tmp_path, body)
    assert problem.code in {"template.include-missing", "template.forbidden"}
    assert problem.place.line == LINE


@pytest.mark.parametrize("name", BOMBS)
def test_nothing_runs_on_or_grows_without_end(tmp_path: Path, name: str) -> None:
    made = composer(tmp_path, {"proeve/nej.md": HEAD + BOMBS[name] + "\n"})
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError) as caught:
            letter(made, REJECTION)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    (problem,) = caught.value.problems
    assert problem.place.file.endswith("proeve/nej.md")
    assert problem.place.line == LINE or name == "addresses", problem.text()
    assert problem.code.startswith("template.")
    # Far above what any of them takes, far below what any would take that is let go.
    assert peak < 300_000_000
    assert time.process_time() - began < 60


@pytest.mark.parametrize("conditional", [True, False])
def test_a_circle_of_includes_is_named(tmp_path: Path, conditional: bool) -> None:
    head = "---\ntitle: Klausul\nlead: result\n---\n"
    back = '{% include "proeve/nej" %}'
    clauses = {
        "standardtekster/a.md": head + 'Tekst.\n\n{% include "standardtekster/b.md" %}\n',
        "standardtekster/b.md": head
        + (f"{{% if date %}}{back}{{% endif %}}" if conditional else back)
        + "\n",
        "proeve/nej.md": HEAD + '{% include "standardtekster/a" %}\n',
    }
    with pytest.raises(TemplateError) as caught:
        letter(composer(tmp_path, clauses), REJECTION)
    (problem,) = caught.value.problems
    assert problem.code == "template.circle"
    assert problem.text().endswith("proeve/nej → standardtekster/a → standardtekster/b → proeve/nej")
    assert problem.place == Place(str(tmp_path / "standardtekster/b.md"), 5)


def test_includes_that_double_come_to_an_end(tmp_path: Path) -> None:
    """Thirty clauses, each including the next one twice, would print a billion paragraphs."""
    head = "---\ntitle: Klausul\nlead: result\n---\n"
    clauses = {
        f"standardtekster/k{i}.md": head + f'{{% include "standardtekster/k{i + 1}" %}}\n' * 2
        for i in range(30)
    }
    clauses["standardtekster/k30.md"] = head + "{% if date %}{% endif %}\n"
    body = HEAD + '{% include "standardtekster/k0" %}\n'
    made = composer(tmp_path, {**clauses, "proeve/nej.md": body})
    with pytest.raises(TemplateError) as caught:
        letter(made, REJECTION)
    assert caught.value.problems[0].code == "template.too-long"


def test_a_link_out_of_the_library_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "hemmelig.md"
    outside.write_text(FILES["standardtekster/klage.md"], "utf-8")
    root = write_library(tmp_path / "bibliotek", {"standardtekster/klage.md": ""})
    (root / "standardtekster/klage.md").symlink_to(outside)
    with pytest.raises(TemplateError) as caught:
        load_library(root)
    problem = caught.value.problems[0]
    assert problem.code == "library.outside"
    assert problem.place.file.endswith("klage.md")


def test_a_link_inside_the_library_is_followed(tmp_path: Path) -> None:
    root = write_library(tmp_path / "bibliotek")
    (root / "standardtekster/klage2.md").symlink_to(root / "standardtekster/klage.md")
    link = tmp_path / "link"
    link.symlink_to(root)
    assert "standardtekster/klage2" in load_library(link).files


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = write_library(tmp_path)
    os.mkfifo(root / "standardtekster/roer.md")
    with pytest.raises(TemplateError) as caught:
        load_library(root)
    assert caught.value.problems[0].code == "library.unreadable"


@pytest.mark.parametrize("character", ["\x00", "\u202e", "\u200b", "\ufeff", "\U000f0000"])
def test_invisible_characters_are_refused_with_their_line(tmp_path: Path, character: str) -> None:
    root = write_library(tmp_path, {"standardtekster/klage.md": f"---\ntitle: K\n---\na\nb{character}c\n"})
    with pytest.raises(TemplateError) as caught:
        load_library(root)
    assert [(p.code, p.place.line) for p in caught.value.problems] == [("library.character", 5)]


def test_a_huge_wording_is_refused(tmp_path: Path) -> None:
    root = write_library(tmp_path, {"standardtekster/klage.md": "---\ntitle: K\n---\n" + "a" * 300_000})
    with pytest.raises(TemplateError) as caught:
        load_library(root)
    assert [p.code for p in caught.value.problems] == ["library.too-large"]
