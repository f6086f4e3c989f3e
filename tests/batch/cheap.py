"""Work that costs nothing, written by the product's own code; and runs of it in processes to be killed.

A case's `do` says what its letter does: `sleep:0.1`, `die`, `die-once`, `hang`, `raise`, `refuse`, `disk`.

As a program: waits on stdin for lines of JSON, starts a run for each in a fork, and says its number.
"""

import dataclasses
import functools
import hashlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

from letters.batch.job import Answer, Spec, tune, write_once
from letters.document.model import Status
from letters.problems import LettersError, OutputError, Place, Problem, Severity

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = "LETTERS_TESTS_PROGRAMS"


def spec_of(out, *, force=False, status=Status.DRAFT, templates=None):
    return Spec(templates or ROOT / "templates" / "da", (), status, out, force)


def replace_out(spec, out, font_dirs):
    """For letters that somebody else makes, with fonts to take along."""
    return dataclasses.replace(spec, out=out, font_dirs=font_dirs)


def cases_of(folder, count, do=None):
    """JSON Lines of `count` cases; `do` maps a number to what its letter does."""
    path = folder / "sager.jsonl"
    lines = [json.dumps(case(number, (do or {}).get(number, ""))) for number in range(1, count + 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def case(number, do=""):
    return {"case_number": f"2026-{number:05}", "do": do, "text": f"Åse {number} " * 20}


def files_of(data):
    """A letter's files, the same each time."""
    outputs = {"letter.docx": sha256(data).encode() * 20, "letter.txt": data}
    manifest = {
        "status": "draft",
        "case": {"file": "sag.json", "sha256": sha256(data)},
        "programs": json.loads(_programs()),
        **{name: {} for name in ("library", "law", "letterhead", "wording")},
        "outputs": {name: sha256(contents) for name, contents in outputs.items()},
    }
    return {**outputs, "manifest.json": json.dumps(manifest).encode()}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@functools.cache
def _programs():
    """What the manifest names. The processes of a run get it told, for asking takes long."""
    if known := os.environ.get(PROGRAMS):
        return known
    from letters.desk.programs import programs

    return json.dumps(dict(programs()))


def work(spec, task):
    """As `letters.batch.job.work`."""
    case = json.loads(task.data)
    try:
        return _made(spec, task, case) if task.make else _checked(spec, task, case)
    except LettersError as error:
        return Answer(False, error.problems, outside=isinstance(error, OutputError))


def _made(spec, task, case):
    do, _, detail = case["do"].partition(":")
    stem, out = task.path.stem, spec.out
    if do == "sleep":
        time.sleep(float(detail))
    elif do == "hang":
        time.sleep(1000)
    elif do == "die" or (do == "die-once" and _first(spec, stem)):
        os.kill(os.getpid(), signal.SIGKILL)
    elif do == "raise":
        raise ZeroDivisionError(case["text"])
    elif do == "disk":
        raise_disk(out / stem)
    files = files_of(task.data)
    if out is None:
        return Answer(True, contents=files, folder=Path(stem))
    folder = write_once(out, stem, files, force=spec.force)
    with open(out.parent / f"{out.name}.made", "a", encoding="utf-8") as log:  # one write, so whole
        log.write(stem + "\n")
    return Answer(True, folder=folder, files=tuple(folder / name for name in files))


def _checked(spec, task, case):
    if case["do"] == "refuse":
        message = Problem("case.empty", Severity.FATAL, "refused", Place(str(task.path), 7, 3, "text"))
        return Answer(False, (message,))
    if case["do"] == "die-checking":
        os.kill(os.getpid(), signal.SIGKILL)
    return Answer(True, case_number=case["case_number"], matter=case.get("matter", "decision"))


def raise_disk(folder):
    problem = Problem("output.failed", Severity.FATAL, "full", Place(str(folder)))
    raise OutputError([problem])


def _first(spec, stem):
    mark = spec.out.parent / f"{stem}.died"
    if mark.exists():
        return False
    mark.touch()
    return True


def warm():
    """Load what a letter needs."""
    import letters.desk.output  # noqa: F401


def snapshot(out):
    """Every file below a folder but the journal -> its bytes, hidden ones too."""
    return {
        str(path.relative_to(out)): path.read_bytes() if path.is_file() else None
        for path in sorted(out.rglob("*"))
        if path.name != "letters-run.jsonl"
    }


def _run(order):
    from letters.batch.pools import Opened
    from letters.batch.processes import Workers
    from letters.batch.run import Run
    from letters.batch.tables import Table

    if limit := order.get("file_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    out, jobs = Path(order["out"]), order["jobs"]
    pool = Opened(lambda: Workers(jobs, prepare=[(tune, ())]), window=4 * jobs)
    run = Run(Table(Path(order["table"])), spec_of(out), out, pool, work=work)
    try:
        for _ in run.check():
            pass
        run.settle()
        for _ in run.make():
            pass
    except LettersError as error:
        print(json.dumps({"codes": [p.code for p in error.problems]}), flush=True)
        return 1
    finally:
        run.close(at_once=True)
    return 0


def main():
    import letters.batch.pools
    import letters.batch.processes
    import letters.batch.run
    import letters.batch.tables  # noqa: F401 - once, for all the forks

    os.environ[PROGRAMS] = _programs()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                os._exit(_run(json.loads(line)))
            except BaseException:
                import traceback

                traceback.print_exc()
                os._exit(99)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"status": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    # Processes of a run must find this module by its name.
    from cheap import main as run_main

    run_main()
