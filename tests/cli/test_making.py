"""`letters draft` and `letters issue`: files, folders, exit codes."""

import pytest

from letters.desk import Desk

FILES = {"letter.docx", "letter.pdf", "letter.txt", "manifest.json"}
NO_CITY = ("      city: Sønderkær\n", "")
APPENDIX = ("signatory:", "appendices:\n  - {id: b1, title: Bilag 1, sharing: none}\nsignatory:")


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_draft_writes_the_letter_and_says_where(run, rejection, tmp_path):
    done = run("draft", rejection("sag.yaml"), "--out", tmp_path / "breve")
    assert (done.code, done.out, done.err) == (0, f"{tmp_path / 'breve' / 'sag'}\n", "")
    assert names(tmp_path / "breve" / "sag") == FILES
    assert "UDKAST" in (tmp_path / "breve" / "sag" / "letter.txt").read_text(encoding="utf-8")


def test_issue_makes_it_final(run, rejection, tmp_path):
    done = run("issue", rejection("sag.yaml"), "--out", tmp_path / "breve")
    assert done.code == 0
    assert "UDKAST" not in (tmp_path / "breve" / "sag" / "letter.txt").read_text(encoding="utf-8")


def test_issue_refuses_what_draft_only_warns_of(run, reply, tmp_path):
    case = reply("svar.yaml", APPENDIX)
    drafted = run("draft", case, "--out", tmp_path / "udkast")
    issued = run("issue", case, "--out", tmp_path / "breve")
    assert (drafted.code, issued.code) == (0, 1)
    assert drafted.err.startswith("warning[secrecy.not-guarded]")
    assert issued.err.startswith("error[secrecy.not-guarded]")
    assert not (tmp_path / "breve").exists()


def test_one_bad_case_of_three_leaves_the_others_alone(run, rejection, tmp_path):
    cases = [rejection("a.yaml"), rejection("b.yaml", NO_CITY), rejection("c.yaml")]
    done = run("draft", *cases, "--out", tmp_path / "breve")
    assert done.code == 1
    assert names(tmp_path / "breve") == {"a", "c"}
    assert done.out.splitlines() == [str(tmp_path / "breve" / name) for name in "ac"]
    assert f"--> {cases[1]}:10:" in done.err
    assert done.err.endswith("2 of 3 letters made\n")


def test_a_directory_stands_for_its_case_files_in_order(run, rejection, reply, tmp_path):
    for write, name in ((rejection, "b.yaml"), (reply, "a.yml"), (rejection, ".skjult.yaml")):
        write(name)
    (tmp_path / "notat.txt").write_text("ingen sag")
    done = run("draft", tmp_path, "--out", tmp_path / "breve")
    assert done.code == 0
    assert [line.rsplit("/", 1)[1] for line in done.out.splitlines()] == ["a", "b"]


def test_a_file_named_twice_is_made_once(run, rejection, tmp_path):
    case = rejection("sag.yaml")
    done = run("draft", tmp_path, case, "--out", tmp_path / "breve")
    assert (done.code, len(done.out.splitlines())) == (0, 1)


def test_an_empty_directory_is_wrong_usage(run, tmp_path):
    (tmp_path / "sager").mkdir()
    done = run("check", tmp_path / "sager", language="da")
    assert done.code == 2
    assert f"der er ingen sagsfil (.yaml, .yml eller .json) i {tmp_path / 'sager'}" in done.err


def test_nothing_is_overwritten_without_force(run, rejection, tmp_path):
    case, out = rejection("sag.yaml"), tmp_path / "breve"
    old = out / "sag" / "letter.txt"
    old.parent.mkdir(parents=True)
    old.write_text("gammelt")
    refused = run("draft", case, rejection("ny.yaml"), "--out", out)
    assert (refused.code, refused.out) == (1, "")
    assert "fatal[output.exists]: the folder is there already" in refused.err
    assert names(out) == {"sag"}
    assert old.read_text() == "gammelt"
    assert run("draft", case, "--out", out, "--force").code == 0
    assert old.read_text(encoding="utf-8") != "gammelt"


def test_two_cases_of_the_same_name_are_refused(run, rejection, tmp_path):
    (tmp_path / "andre").mkdir()
    cases = [rejection("sag.yaml"), rejection("andre/sag.yaml")]
    done = run("draft", *cases, "--out", tmp_path / "breve", language="da")
    assert done.code == 1
    assert "flere sagsfiler har dette navn" in done.err
    assert not (tmp_path / "breve").exists()


def test_a_disk_that_refuses_is_something_outside(run, rejection, tmp_path):
    (tmp_path / "breve").write_text("en fil, hvor der skulle være en mappe")
    done = run("draft", rejection("sag.yaml"), "--out", tmp_path / "breve" / "her", language="da")
    assert done.code == 3
    assert "brevet kan ikke skrives: det er ikke en mappe" in done.err


def test_missing_fonts_are_told_once_for_all_letters(run, rejection, tmp_path, monkeypatch):
    monkeypatch.setattr("letters.cli.commands.font_dirs", lambda environ: (tmp_path / "ingen",))
    cases = [rejection("a.yaml"), rejection("b.yaml")]
    done = run("draft", *cases, "--out", tmp_path / "breve", language="da")
    assert done.code == 1
    assert "findes ikke i" in done.err
    assert done.err.count("LiberationSans-Bold.ttf ") == 1
    assert done.err.endswith("0 af 2 breve lavet\n")
    assert not (tmp_path / "breve").exists()


def test_fonts_are_looked_for_where_the_user_says_first(run, rejection, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setenv("LETTERS_FONTS", f"{tmp_path / 'skrift'}:{tmp_path / 'mere'}")
    monkeypatch.setattr(Desk, "check", lambda desk, path: seen.extend(desk.font_dirs) or ())
    assert run("check", rejection("sag.yaml")).code == 0
    assert seen[:2] == [tmp_path / "skrift", tmp_path / "mere"]
    assert len(seen) > 2


@pytest.mark.parametrize("command", ["draft", "issue"])
def test_a_fault_of_the_program_quotes_no_case_and_stops_no_other(
    command, run, rejection, tmp_path, monkeypatch
):
    prepare = Desk.prepare

    def broken(desk, path, status, data=None):
        if path.stem == "b":
            raise ZeroDivisionError("Yusuf Abdi Warsame")
        return prepare(desk, path, status, data)

    monkeypatch.setattr(Desk, "prepare", broken)
    cases = [rejection(f"{name}.yaml") for name in "abc"]
    done = run(command, *cases, "--out", tmp_path / "breve")
    assert done.code == 3
    assert names(tmp_path / "breve") == {"a", "c"}
    assert "fatal[internal.error]: the program failed (ZeroDivisionError in batch/job.py:" in done.err
    assert "LETTERS_DEBUG=1" in done.err
    assert "Yusuf" not in done.err + done.out
    monkeypatch.setenv("LETTERS_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(command, cases[1], "--out", tmp_path / "andre")


def test_an_interrupted_run_says_so_and_keeps_what_is_whole(run, rejection, tmp_path, monkeypatch):
    made = Desk.made

    def impatient(desk, path, *args, **options):
        if path.stem == "b":
            raise KeyboardInterrupt
        return made(desk, path, *args, **options)

    monkeypatch.setattr(Desk, "made", impatient)
    cases = [rejection(f"{name}.yaml") for name in "abc"]
    done = run("draft", *cases, "--out", tmp_path / "breve", language="da")
    assert done.code == 130
    assert done.err == "Afbrudt. De breve, der nåede at blive lavet, er hele.\n"
    assert names(tmp_path / "breve") == {"a"}
    assert names(tmp_path / "breve" / "a") == FILES
