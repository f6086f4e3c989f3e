"""Runs on a Dask cluster that is there already.

Each worker of the cluster gets the wording, the letterheads and their fonts once, as a plugin. It makes its
letters in processes of its own, as this machine would: so a letter that kills or hangs its process takes no
worker of the cluster along, and what a library is not made for, several threads, does not happen to it.

Confidential appendices are not sent anywhere. The cluster sees open cases; `tls://` keeps them from others on
the way.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from letters.batch.already import programs_hash
from letters.batch.faults import fatal, outside, took_too_long, worker_died
from letters.batch.job import Answer, Spec, Task, tune, warm
from letters.batch.pools import Pool, let_end, patience_for
from letters.batch.processes import NoWorkers, WorkerDied, Workers, WorkTimeout
from letters.desk.appendices.appendix_files import holds_appendix
from letters.desk.manifest import LETTERHEADS, sha256
from letters.desk.programs import programs
from letters.problems import N_, OutputError, Place, TemplateError
from letters.render.pdf import PdfRenderer

try:
    from distributed import Client
    from distributed.diagnostics.plugin import WorkerPlugin
except ImportError:
    raise outside(
        "batch.cluster",
        N_("the cluster cannot be used: Dask is not installed"),
        Place(""),
        N_("install letters with its extra: letters[cluster]"),
    ) from None

_REACH_SECONDS = 20
#: Letters under way for each thread of the cluster. They come back whole, so not too many at a time.
_AHEAD = 2
#: Seconds that a cluster without workers is given to get some.
_EMPTY = 600


_client: Any = Client  # Dask has few types


# At the workers


@dataclass(slots=True)
class _Site:
    """What a worker of the cluster keeps for one run."""

    folder: Path
    spec: Spec
    workers: Workers
    time_limit: float
    differs: bool


_SITES: dict[str, _Site] = {}


class Luggage(WorkerPlugin):
    """Brings what a run needs to a worker, once.

    Args:
        token: names the run's things: the hash of `archive` and of what is asked.
        archive: a zip file with the folders `wording` and `fonts`, and perhaps `record`.
        spec: with paths below the archive.
        expected: hash of the programs that the letters are to be made with.
    """

    def __init__(self, token: str, archive: bytes, spec: Spec, time_limit: float, expected: str) -> None:
        self.name = f"letters-{token}"
        self._token, self._archive, self._spec = token, archive, spec
        self._time_limit, self._expected = time_limit, expected

    def setup(self, worker: Any) -> None:  # noqa: ANN401 - Dask has no types
        """Unpack."""
        folder = unpacked(Path(worker.local_directory), self._token, self._archive)
        spec = replace(
            self._spec,
            templates=folder / self._spec.templates,
            font_dirs=tuple(folder / name for name in self._spec.font_dirs),
            closed=replace(
                self._spec.closed, record=self._spec.closed.record and folder / self._spec.closed.record
            ),
        )
        workers = Workers(
            worker.state.nthreads, time_limit=self._time_limit, prepare=[(tune, ()), (warm, (spec,))]
        )
        differs = programs_hash() != self._expected
        _SITES[self._token] = _Site(folder, spec, workers, self._time_limit, differs)

    def teardown(self, worker: Any) -> None:  # noqa: ANN401 - Dask has no types
        """Stop the processes and take the things away."""
        site = _SITES.pop(self._token, None)
        if site is not None:
            site.workers.shutdown(cancel_futures=True)
            shutil.rmtree(site.folder, ignore_errors=True)


def unpacked(folder: Path, token: str, archive: bytes) -> Path:
    """Unpack an archive below a folder, under a name that says what is in it."""
    target = folder / f"letters-{token}"
    if not target.exists():
        part = Path(tempfile.mkdtemp(prefix=".letters.", dir=folder))
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(part)
        with contextlib.suppress(OSError):  # another thread was quicker
            part.rename(target)
        shutil.rmtree(part, ignore_errors=True)
    return target


def work_there(token: str, work: Callable[[Spec, Task], Answer], task: Task) -> Answer:
    """Do one piece of work in a process beside the cluster's worker. Never raises, so nothing is logged."""
    place = Place(str(task.path))
    site = _SITES.get(token)
    if site is None or site.differs:
        message = N_(
            "a worker of the cluster has other versions of letters or of libraries than this machine"
        )
        return Answer(False, (fatal("batch.cluster-differs", message, place),), outside=True)
    try:
        answer: Answer = site.workers.submit(work, site.spec, task).result()
    except WorkerDied:
        return Answer(False, (worker_died(place),))
    except WorkTimeout:
        return Answer(False, (took_too_long(place, site.time_limit),))
    except NoWorkers:
        message = N_("a worker of the cluster cannot start the processes that make letters")
        return Answer(False, (fatal("batch.cluster", message, place),), outside=True)
    except Exception as error:  # whatever it says, it may quote the case
        message = N_("a worker of the cluster failed ({kind})")
        problem = fatal("batch.cluster", message, place, kind=type(error).__name__)
        return Answer(False, (problem,), outside=True)
    return answer


def versions_there() -> Mapping[str, str]:
    """What a worker makes letters with."""
    return dict(programs())


# At the caller's


def archive_of(spec: Spec) -> tuple[bytes, Spec]:
    """What the workers need, as a zip file that is the same each time, and the spec with paths inside it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(spec.templates):
            _add(archive, f"wording/{path.relative_to(spec.templates).as_posix()}", path)
        for path in sorted(_fonts(spec), key=lambda path: path.name):
            _add(archive, f"fonts/{path.name}", path)
        if spec.closed.record is not None:
            _add(archive, f"record/{spec.closed.record.name}", spec.closed.record)
    record = spec.closed.record and Path("record") / spec.closed.record.name
    closed = replace(spec.closed, record=record)
    return packed.getvalue(), replace(
        spec, templates=Path("wording"), font_dirs=(Path("fonts"),), closed=closed
    )


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))


def _fonts(spec: Spec) -> set[Path]:
    """The fonts of every letterhead, so that a worker's own do not matter."""
    found: dict[str, Path] = {}
    for folder in sorted((spec.templates / LETTERHEADS).iterdir()):
        with contextlib.suppress(TemplateError, OSError):  # it is told when a letter is made on it
            found |= {font.path.name: font.path for font in PdfRenderer(folder, spec.font_dirs).fonts}
    return set(found.values())


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)


def cluster_pool(address: str, spec: Spec, time_limit: float) -> Pool:
    """Go to a cluster.

    Args:
        address: of its scheduler, such as `tls://10.0.0.5:8786`.
    Raises:
        OutputError: it cannot be reached, or its workers are not like this machine.
    """
    try:
        client: Any = _client(address, timeout=_REACH_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        message = N_("the cluster cannot be reached: {reason}")
        raise outside(
            "batch.cluster",
            message,
            Place(address),
            N_("look at the address and the scheduler"),
            reason=str(error),
        ) from None
    try:
        return _ClusterPool(client, address, spec, time_limit)
    except BaseException:
        client.close()
        raise


class _ClusterPool:
    replaceable = False

    def __init__(self, client: Any, address: str, spec: Spec, time_limit: float) -> None:  # noqa: ANN401
        self._client, self._address = client, address
        self.time_limit = time_limit
        self._refuse_unlike()
        archive, there = archive_of(spec)
        token = sha256(archive + repr(there).encode())[:24]
        self._luggage = Luggage(token, archive, there, time_limit, programs_hash())
        client.register_plugin(self._luggage)
        self.window = _AHEAD * sum(client.nthreads().values()) + 2
        self._executor = _ToCluster(client.get_executor(pure=False), token)
        self._empty_since: float | None = None

    def executor(self) -> Executor:
        return self._executor

    @property
    def patience(self) -> float:
        """Its workers keep the time limit themselves, so this is for a cluster that has stopped."""
        return _EMPTY + patience_for(self.time_limit)

    def renew(self) -> bool:
        """After what was under way got lost, with the scheduler perhaps."""
        return bool(self._client.status == "running")

    def alive(self) -> bool:
        """Whether somebody is there to work; new workers are given a while to come."""
        if self._client.status == "running" and self._client.scheduler_info()["workers"]:
            self._empty_since = None
            return True
        self._empty_since = self._empty_since or time.monotonic()
        return time.monotonic() - self._empty_since < _EMPTY

    def close(self, *, at_once: bool) -> None:
        let_end(lambda: self._closed(at_once=at_once))

    def _closed(self, *, at_once: bool) -> None:
        with contextlib.suppress(Exception), warnings.catch_warnings():  # the cluster may be gone
            self._executor.shutdown(wait=not at_once)
            self._client.unregister_worker_plugin(self._luggage.name)
        with contextlib.suppress(Exception):
            self._client.close()

    def _refuse_unlike(self) -> None:
        try:
            found = self._client.run(versions_there)
        except Exception as error:  # raised by the worker: whatever an old letters or none raises there
            message = N_("the cluster's workers cannot make letters ({kind})")
            help_ = N_("install the same version of letters on each of them")
            kind = type(error).__name__
            raise outside("batch.cluster", message, Place(self._address), help_, kind=kind) from None
        if not found:
            raise outside("batch.cluster", N_("the cluster has no workers"), Place(self._address))
        if unlike := {name: list(_unlike(there)) for name, there in found.items() if list(_unlike(there))}:
            raise OutputError([self._differs(name, names) for name, names in sorted(unlike.items())])

    def _differs(self, worker: str, names: list[str]) -> Any:  # noqa: ANN401
        message = N_("the worker {worker} has other versions than this machine: {names}")
        help_ = N_("install the same versions everywhere, or the letters differ by who made them")
        place = Place(self._address)
        return fatal("batch.cluster-differs", message, place, help_, worker=worker, names=", ".join(names))


def _unlike(there: Mapping[str, str]) -> Iterator[str]:
    for name, version in programs().items():
        if there.get(name) != version:
            yield f"{name} {there.get(name, '-')} ({version})"


@dataclass(slots=True)
class _ToCluster(Executor):
    """Sends work to the cluster: what it is done with is there already."""

    inner: Any
    token: str
    _stopped: bool = field(default=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """As `work(spec, task)`; the spec stays here."""
        _spec, task = args
        if holds_appendix(task.path, task.data):
            done: Future[Any] = Future()
            done.set_result(Answer(False, (_confidential(task),)))
            return done
        future: Future[Any] = self.inner.submit(work_there, self.token, fn, task)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if not self._stopped:
            self._stopped = True
            self.inner.shutdown(wait=wait)


def _confidential(task: Task) -> Any:  # noqa: ANN401
    message = N_("a confidential appendix is not sent to a cluster")
    help_ = N_("make it on this machine, in a run without --cluster")
    return fatal("batch.cluster-confidential", message, Place(str(task.path)), help_)
