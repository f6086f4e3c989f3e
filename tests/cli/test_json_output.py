"""`--json`: one object on stdout, nothing else anywhere."""

PROBLEM = {
    "code",
    "severity",
    "message",
    "file",
    "line",
    "column",
    "paragraph",
    "text",
    "field",
    "help",
    "see",
}


def test_results_and_problems_as_data(run, rejection, tmp_path):
    good, bad = rejection("god.yaml"), rejection("dårlig.yaml", ("2026-02-09", "2026-02-30"))
    done = run("draft", good, bad, "--out", tmp_path / "breve", "--json", language="da")
    assert (done.code, done.err) == (1, "")
    made, failed = done.data["cases"]
    assert set(done.data) == {"exit_code", "cases", "problems", "summary"}
    assert done.data["summary"] == {"made": 1, "already": 0, "refused": 1, "failed": 0}
    assert done.data["exit_code"] == 1
    assert done.data["problems"] == []
    folder = tmp_path / "breve" / "god"
    assert made == {
        "case": str(good),
        "state": "made",
        "folder": str(folder),
        "files": [str(folder / n) for n in ("letter.docx", "letter.pdf", "letter.txt", "manifest.json")],
        "problems": [],
    }
    assert (failed["state"], failed["folder"], failed["files"]) == ("failed", None, [])
    (problem,) = failed["problems"]
    assert set(problem) == PROBLEM
    assert problem["code"] == "case.no-such-date"
    assert problem["severity"] == "fatal"
    assert problem["message"] == "datoen 2026-02-30 findes ikke"
    assert (problem["file"], problem["field"]) == (str(bad), "application.received")
    assert problem["line"] == 15
    assert problem["help"] == "skriv år, måned og dag: 2021-09-02"
    assert problem["see"] is None


def test_what_stops_all_is_told_beside_the_cases(run, rejection, tmp_path):
    (tmp_path / "tom").mkdir()
    done = run("check", rejection("sag.yaml"), "--templates", tmp_path / "tom", "--json")
    assert (done.code, done.err) == (1, "")
    assert done.data["cases"] == []
    assert done.data["problems"][0]["severity"] == "fatal"


def test_check_as_data(run, rejection):
    done = run("check", rejection("sag.yaml"), "--json")
    assert done.code == 0
    assert [case["state"] for case in done.data["cases"]] == ["checked"]


def test_a_name_that_is_no_text_survives(run, tmp_path):
    done = run("check", tmp_path / "sag\udcff.yaml", "--json")
    assert done.data["cases"][0]["case"].endswith("sag\udcff.yaml")
