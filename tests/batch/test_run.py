"""A run as a whole, with letters that cost nothing."""

import json
import os
import shutil

import cheap
import pytest
from cheap import cases_of, snapshot, spec_of
from went import Went, here

from letters.batch.journal import Journal
from letters.batch.pools import Opened
from letters.batch.processes import Workers
from letters.batch.run import Run
from letters.batch.tables import Table
from letters.desk.places import hidden_folder
from letters.document.model import Status
from letters.problems import CaseError


def journal_of(out):
    return [json.loads(line) for line in (out / "letters-run.jsonl").read_text("utf-8").splitlines()]


def test_bad_rows_are_told_with_their_numbers_and_stop_no_other(tmp_path):
    went = Went(cases_of(tmp_path, 6, {2: "refuse", 5: "refuse"}), tmp_path / "breve")
    assert [r.place.line for r in went.results if r.state == "refused"] == [2, 5]
    problem = went.results[0].problems[0]
    assert (problem.place.file, problem.place.line, problem.place.field) == (
        str(tmp_path / "sager.jsonl"),
        2,
        "text",
    )
    assert went.counts == {"ready": 4, "refused": 2, "made": 4}


def test_all_or_nothing(tmp_path):
    table = cases_of(tmp_path, 4, {2: "refuse"})
    went = Went(table, tmp_path / "breve", all_or_nothing=True)
    assert went.stopped == ["batch.not-all"]
    assert not (tmp_path / "breve").exists()
    went = Went(cases_of(tmp_path, 4, {2: "disk"}), tmp_path / "andre", all_or_nothing=True)
    assert (went.stopped, went.counts["made"]) == (["batch.not-all"], 1)


def test_the_same_case_number_or_name_is_refused_before_the_first_letter(tmp_path):
    table = tmp_path / "sager.jsonl"
    cases = [cheap.case(number) for number in (1, 2, 1, 3, 2, 1)]
    table.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    went = Went(table, tmp_path / "breve")
    assert went.stopped == ["output.same-name"] * 5
    assert sorted((p.place.line, p.args["rows"]) for p in went.problems) == [
        (1, "1, 3, 6"),
        (2, "2, 5"),
        (3, "1, 3, 6"),
        (5, "2, 5"),
        (6, "1, 3, 6"),
    ]
    named = [
        {"name": f"b{n}", "case_number": "1", "do": "", "text": "", "matter": m} for n, m in enumerate("aab")
    ]
    table.write_text("\n".join(map(json.dumps, named)), encoding="utf-8")
    (tmp_path / "m.yaml").write_text('name: "{name}"\n')
    from letters.batch.mapping import read_mapping

    mapped = Table(table, read_mapping(tmp_path / "m.yaml"))
    run = Run(mapped, spec_of(tmp_path / "breve"), tmp_path / "breve", here(), work=cheap.work)
    list(run.check())
    with pytest.raises(CaseError) as error:
        run.settle()
    assert [(p.code, p.place.line) for p in error.value.problems] == [
        ("batch.same-case", 1),
        ("batch.same-case", 2),
    ]
    run.same_case_number = True
    run.settle()
    run.close()
    assert not [path for path in (tmp_path / "breve").iterdir() if path.is_dir()]


def test_names_that_some_disks_take_for_one_are_refused(tmp_path):
    table = tmp_path / "sager.jsonl"
    cases = [{**cheap.case(1), "case_number": name} for name in ("Åse", "åse", "A\u030ase")]
    table.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    assert Went(table, tmp_path / "breve").stopped == ["output.same-name"] * 3


@pytest.mark.parametrize("jobs", [1, 3])
def test_order_and_bytes_do_not_depend_on_the_processes(tmp_path, jobs):
    do = {3: "sleep:0.2", 5: "refuse", 8: "die-once", 11: "disk"}
    table = cases_of(tmp_path, 12, do)
    (tmp_path / "2026-00008.died").touch()
    alone = Went(table, tmp_path / "alene")
    (tmp_path / "2026-00008.died").unlink()
    pool = Opened(lambda: Workers(jobs), window=5)
    many = Went(table, tmp_path / "mange", pool)
    assert many.states == alone.states
    assert list(many.states) == [5, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]
    assert many.codes == alone.codes == {5: ["case.empty"], 11: ["output.failed"]}
    assert snapshot(tmp_path / "mange") == snapshot(tmp_path / "alene")


def test_what_kills_or_hangs_its_process_is_told_and_the_rest_is_made(tmp_path):
    warm = [(cheap.warm, ())]  # a limit so short leaves no time to load anything
    pool = Opened(lambda: Workers(2, time_limit=2, prepare=warm), window=8, time_limit=2)
    went = Went(cases_of(tmp_path, 8, {2: "die", 6: "hang"}), tmp_path / "breve", pool)
    assert went.codes == {2: ["batch.worker-died"], 6: ["batch.time-limit"]}
    assert went.counts["made"] == 6
    assert {"failed": "2026-00002", "problems": ["batch.worker-died"]} in journal_of(tmp_path / "breve")
    table = cases_of(tmp_path, 3, {2: "die-checking"})
    went = Went(table, tmp_path / "andre", Opened(lambda: Workers(1), window=8))
    assert went.codes == {2: ["batch.worker-died"]}


def test_a_fault_of_the_program_is_raised_by_cheap_work_and_stops_it(tmp_path):
    with pytest.raises(ZeroDivisionError):
        Went(cases_of(tmp_path, 3, {2: "raise"}), tmp_path / "breve")


# Going on


def test_a_run_goes_on_and_makes_nothing_twice(tmp_path):
    table, out = cases_of(tmp_path, 6, {2: "refuse"}), tmp_path / "breve"
    Went(table, out, stop_after=4)
    made = (tmp_path / "breve.made").read_text("utf-8").split()
    went = Went(table, out)
    assert went.states == {2: "refused", 1: "already", 3: "already", 4: "already", 5: "made", 6: "made"}
    assert (tmp_path / "breve.made").read_text("utf-8").split() == [*made, "2026-00005", "2026-00006"]
    assert journal_of(out)[-1] == {"finished": {"made": 2, "already": 3, "failed": 0, "refused": 1}}
    assert set(Went(table, out).states.values()) == {"already", "refused"}


def test_a_run_that_is_interrupted_stops_its_processes_and_leaves_nothing_half(tmp_path):
    table, out = cases_of(tmp_path, 20), tmp_path / "breve"
    pool = Opened(lambda: Workers(2), window=8)
    Went(table, out, pool, stop_after=1)
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    states = list(Went(table, out).states.values())
    assert (states.count("already") + states.count("made"), states[0]) == (20, "already")


def test_a_letter_whose_line_was_lost_is_found_by_its_manifest(tmp_path):
    table, out = cases_of(tmp_path, 3), tmp_path / "breve"
    Went(table, out)
    journal = out / "letters-run.jsonl"
    head, first, *_ = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(head + first + b'{"made": "2026-000')  # the machine stopped here
    assert set(Went(table, out).states.values()) == {"already"}
    letter = out / "2026-00002" / "letter.txt"
    journal.write_bytes(head)
    letter.write_bytes(letter.read_bytes()[:-1])
    assert Went(table, out).stopped == ["output.exists"]


def test_a_letter_that_somebody_deleted_is_made_again(tmp_path):
    table, out = cases_of(tmp_path, 3), tmp_path / "breve"
    expected = snapshot(Went(table, out).out)
    for path in (out / "2026-00002").iterdir():
        path.unlink()
    (out / "2026-00002").rmdir()
    assert Went(table, out).states == {1: "already", 2: "made", 3: "already"}
    assert snapshot(out) == expected


def test_a_row_that_was_mended_is_made_and_the_others_stay(tmp_path):
    out = tmp_path / "breve"
    Went(cases_of(tmp_path, 3, {2: "refuse"}), out)
    assert Went(cases_of(tmp_path, 3), out).states == {1: "already", 2: "made", 3: "already"}
    assert Went(cases_of(tmp_path, 4), out).states[4] == "made"


def test_the_directory_of_another_run_is_refused_and_nothing_is_lost(tmp_path):
    out = tmp_path / "breve"
    Went(cases_of(tmp_path, 3), out)
    before = snapshot(out), (out / "letters-run.jsonl").read_bytes()
    other = tmp_path / "andre.jsonl"
    other.write_text("\n".join(json.dumps(cheap.case(number)) for number in (7, 8)), encoding="utf-8")
    assert Went(other, out).stopped == ["batch.another-run"]
    assert Went(cases_of(tmp_path, 2), out).stopped == ["batch.another-run"]
    table = cases_of(tmp_path, 3)
    final = spec_of(out, status=Status.FINAL)
    assert Went(table, out, spec=final).stopped == ["batch.another-run"]
    wording = tmp_path / "wording"
    wording.mkdir()
    (wording / "bibliotek.yaml").write_text("x: 1\n")
    assert Went(table, out, spec=spec_of(out, templates=wording)).stopped == ["batch.another-run"]
    changed = cases_of(tmp_path, 3, {2: "sleep:0"})
    assert Went(changed, out).stopped == ["batch.case-changed"]
    assert (snapshot(out), (out / "letters-run.jsonl").read_bytes()) == before


def test_force_begins_anew_where_a_run_was_finished_and_goes_on_where_it_was_cut(tmp_path):
    table, out = cases_of(tmp_path, 4), tmp_path / "breve"
    Went(table, out)
    forced = spec_of(out, force=True)
    assert Went(table, out, spec=forced, stop_after=2).states == {1: "made", 2: "made"}
    assert Went(table, out, spec=forced).states == {1: "already", 2: "already", 3: "made", 4: "made"}
    other = cases_of(tmp_path, 4, {2: "sleep:0"})
    assert set(Went(other, out, spec=forced).states.values()) == {"made"}


def test_a_letter_that_is_in_the_way_is_refused_before_the_first(tmp_path):
    out = tmp_path / "breve"
    (out / "2026-00002").mkdir(parents=True)
    went = Went(cases_of(tmp_path, 3), out)
    assert (went.stopped, went.counts["made"]) == (["output.exists"], 0)
    assert Went(cases_of(tmp_path, 3), out, spec=spec_of(out, force=True)).counts["made"] == 3


def test_two_runs_keep_out_of_each_others_way(tmp_path):
    out = tmp_path / "breve"
    first = Journal.opened(out)
    assert Went(cases_of(tmp_path, 2), out).stopped == ["batch.busy"]
    first.close()
    assert Went(cases_of(tmp_path, 2), out).counts["made"] == 2


def test_a_journal_that_is_none_is_left_alone(tmp_path):
    out = tmp_path / "breve"
    out.mkdir()
    for text in ("en huskeseddel\n", '{"letters-run": 2}\n', "[]\n"):
        (out / "letters-run.jsonl").write_text(text)
        assert Went(cases_of(tmp_path, 2), out).stopped == ["batch.journal"]
        assert (out / "letters-run.jsonl").read_text() == text


def test_the_journal_holds_nothing_of_a_case(tmp_path):
    out = tmp_path / "breve"
    went = Went(cases_of(tmp_path, 3, {2: "refuse", 3: "disk"}), out)
    assert went.counts["failed"] == 1
    text = (out / "letters-run.jsonl").read_text("utf-8")
    assert "Åse" not in text
    assert set().union(*map(set, journal_of(out))) <= {
        "letters-run", "status", "library", "programs", "made", "case", "failed", "problems", "finished",
    }  # fmt: skip


def test_a_disk_that_refuses_one_letter_after_the_other_stops_the_run(tmp_path):
    went = Went(cases_of(tmp_path, 9, dict.fromkeys((2, 4, 5, 6), "disk")), tmp_path / "breve")
    assert (went.stopped, went.counts["made"], went.counts["failed"]) == (["batch.disk"], 2, 4)
    states = Went(cases_of(tmp_path, 9), tmp_path / "breve").states
    assert [row for row, state in states.items() if state == "already"] == [1, 3]
    assert [row for row, state in states.items() if state == "made"] == [2, 4, 5, 6, 7, 8, 9]


def test_a_case_that_changes_between_checking_and_making_is_not_made(tmp_path):
    table, out = cases_of(tmp_path, 3), tmp_path / "breve"
    run = Run(Table(table), spec_of(out), out, here(), work=cheap.work)
    list(run.check())
    run.settle()
    cases_of(tmp_path, 2, {2: "sleep:0"})
    results = list(run.make())
    run.close()
    assert [(r.state, [p.code for p in r.problems]) for r in results] == [
        ("made", []),
        ("failed", ["batch.case-changed"]),
        ("failed", ["batch.case-changed"]),
    ]


def test_what_a_killed_process_left_is_taken_away_and_what_it_moved_comes_back(tmp_path):
    table, out = cases_of(tmp_path, 3), tmp_path / "breve"
    Went(table, out)
    (out / ".2026-00002.abcd_123.part").mkdir()
    (out / ".2026-00002.abcd_123.part" / "letter.txt").write_text("halvt")
    (out / ".2026-00003.abcd_123.old").mkdir()
    os.rename(out / "2026-00003", out / ".2026-00003.abcd_123.old" / "old")
    (out / ".en-andens.abcd_123.part").mkdir()
    assert set(Went(table, out).states.values()) == {"already"}
    hidden = [path.name for path in out.iterdir() if path.name.startswith(".")]
    assert hidden == [".en-andens.abcd_123.part"]


def test_what_is_being_written_just_now_is_left_alone(tmp_path):
    table, out = cases_of(tmp_path, 2), tmp_path / "breve"
    out.mkdir()
    for journal in (True, False):
        (dead := out / ".2026-00001.abcd_123.part").mkdir()
        with hidden_folder(out, "2026-00001", ".part") as alive:
            Went(table, out, journal=journal)
            assert (dead.exists(), alive.exists()) == (False, True)
        assert not alive.exists()
        for number in (1, 2):
            shutil.rmtree(out / f"2026-0000{number}")
        if journal:
            (out / "letters-run.jsonl").unlink()


def test_a_long_name_that_was_cut_is_known_by_its_beginning(tmp_path):
    out, table = tmp_path / "breve", tmp_path / "sager.jsonl"
    name = "2026-" + "x" * 90
    table.write_text(json.dumps({**cheap.case(1), "case_number": name}), encoding="utf-8")
    for other in (name, name.replace("x", "y")):
        (out / f".{other[:80]}.abcd_123.part").mkdir(parents=True)
    Went(table, out)
    assert [path.name for path in out.glob(".*")] == [f".{name.replace('x', 'y')[:80]}.abcd_123.part"]
