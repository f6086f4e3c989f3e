"""Runs on a real Dask cluster of two worker processes on this machine."""

import os
import signal
import threading
import time

import cheap
import pytest
from cheap import cases_of, snapshot, spec_of
from real import TEMPLATES, table_of

from letters.batch import cluster
from letters.batch.run import Run
from letters.batch.tables import Table
from letters.cli import main
from letters.cli.places import font_dirs

distributed = pytest.importorskip("distributed")

pytestmark = [
    # Dask leaves its event loop's sockets to the garbage collector when a worker is killed.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("dask"))
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=folder,
        memory_limit=0,
        silence_logs=50,
    ) as cluster:
        yield cluster


def pids_of(two_workers):
    return [worker.pid for worker in two_workers.workers.values()]


def run_of(two_workers, table, out, work, limit=60.0, shared=False):
    spec = cheap.replace_out(spec_of(out), out if shared else None, font_dirs(os.environ))
    pool = cluster.cluster_pool(two_workers.scheduler_address, spec, limit)
    return Run(Table(table), spec, out, pool, work=work)


def test_a_worker_dies_midway_and_the_letters_are_those_of_this_machine(two_workers, tmp_path, capsys):
    table = table_of(tmp_path, 6)
    assert main(["draft", str(table), "--out", str(tmp_path / "her"), "--jobs", "2"]) == 0
    killed = []

    def kill():
        out = tmp_path / "der"
        while len(list(out.glob("*/letter.pdf"))) < 2:
            time.sleep(0.01)
        killed.append(pids_of(two_workers)[0])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    address = two_workers.scheduler_address
    code = main(["draft", str(table), "--out", str(tmp_path / "der"), "--cluster", address])
    assert code == 0, capsys.readouterr().err
    killer.join()
    assert killed
    assert len(snapshot(tmp_path / "her")) == 6 * 5
    assert snapshot(tmp_path / "der") == snapshot(tmp_path / "her")


def test_workers_that_share_a_disk_write_themselves(two_workers, tmp_path):
    table, out = cases_of(tmp_path, 5), tmp_path / "delt"
    run = run_of(two_workers, table, out, cheap.work, shared=True)
    list(run.check())
    run.settle()
    assert {result.state for result in run.make()} == {"made"}
    run.close()
    assert (tmp_path / "delt.made").read_text("utf-8").count("\n") == 5  # written by the one who made it
    assert len(snapshot(out)) == 5 * 4


def test_what_kills_or_hangs_its_process_takes_no_worker_along(two_workers, tmp_path):
    table, out = cases_of(tmp_path, 8, {2: "die", 5: "hang", 7: "refuse"}), tmp_path / "breve"
    before = pids_of(two_workers)
    run = run_of(two_workers, table, out, cheap.work, limit=3.0)
    try:
        refused = [result for result in run.check() if result.state == "refused"]
        run.settle()
        results = list(run.make())
    finally:
        run.close()
    assert [(r.place.line, [p.code for p in r.problems]) for r in refused] == [(7, ["case.empty"])]
    failed = {r.place.line: [p.code for p in r.problems] for r in results if r.state != "made"}
    assert failed == {2: ["batch.worker-died"], 5: ["batch.time-limit"]}
    assert {p.place.file for r in results for p in r.problems} == {str(table)}
    assert pids_of(two_workers) == before


def test_nothing_confidential_goes_there(two_workers, tmp_path, capsys):
    appendix = cheap.ROOT / "fixtures" / "bilag" / "to-sager.yaml"
    args = [
        "draft",
        str(appendix),
        "--out",
        str(tmp_path / "breve"),
        "--cluster",
        two_workers.scheduler_address,
    ]
    assert main([*args, "--against", str(appendix)]) == 2
    assert main(args) == 1
    assert "batch.cluster-confidential" in capsys.readouterr().err
    assert not list(tmp_path.glob("breve/*/*"))


def test_workers_with_other_versions_are_refused(two_workers, tmp_path, capsys, monkeypatch):
    ours = dict(cluster.programs())
    monkeypatch.setattr(cluster, "programs", lambda: {**ours, "weasyprint": "0.1"})
    table = table_of(tmp_path, 2)
    args = ["draft", str(table), "--out", str(tmp_path / "breve"), "--cluster", two_workers.scheduler_address]
    assert main(args) == 1
    said = capsys.readouterr().err
    assert said.count("batch.cluster-differs") == 2
    assert f"weasyprint {ours['weasyprint']} (0.1)" in said


def test_a_cluster_that_is_not_there_is_something_outside(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cluster, "_REACH_SECONDS", 1)
    table = table_of(tmp_path, 2)
    code = main(["draft", str(table), "--out", str(tmp_path / "breve"), "--cluster", "tcp://127.0.0.1:1"])
    assert (code, "batch.cluster]" in capsys.readouterr().err) == (3, True)


def test_the_luggage_is_the_same_each_time_and_brings_the_fonts(tmp_path):
    spec = spec_of(tmp_path, templates=TEMPLATES)
    spec = cheap.replace_out(spec, None, font_dirs(os.environ))
    archive, there = cluster.archive_of(spec)
    assert cluster.archive_of(spec) == (archive, there)
    folder = cluster.unpacked(tmp_path, "abc", archive)
    assert cluster.unpacked(tmp_path, "abc", b"") == folder
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert "wording/bibliotek.yaml" in names
    assert "fonts/LiberationSans-Regular.ttf" in names
    assert len([name for name in names if name.startswith("wording/")]) == sum(
        path.is_file() and not path.name.startswith(".") for path in TEMPLATES.rglob("*")
    )
