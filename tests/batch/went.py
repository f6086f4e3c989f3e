"""What comes of a run with letters that cost nothing."""

import cheap
from cheap import spec_of

from letters.batch.pools import Here, Opened
from letters.batch.run import Run
from letters.batch.tables import Table
from letters.problems import CaseError, OutputError


def here():
    return Opened(Here, window=1)


class Went:
    """What came of a run, its counts, and what stopped it."""

    def __init__(self, table, out, pool=None, *, spec=None, stop_after=None, **options):
        self.out = out
        run = Run(Table(table), spec or spec_of(out), out, pool or here(), work=cheap.work, **options)
        self.results, self.stopped, self.counts = [], [], run.counts
        at_once = True
        try:
            self.results += (result for result in run.check() if result.state == "refused")
            run.settle()
            for result in run.make():
                self.results.append(result)
                if stop_after and len(self.results) == stop_after:
                    break
            else:
                at_once = False
        except (CaseError, OutputError) as error:
            self.stopped = [problem.code for problem in error.problems]
            self.problems = error.problems
        finally:
            run.close(at_once=at_once)

    @property
    def states(self):
        return {result.place.line: result.state for result in self.results}

    @property
    def codes(self):
        return {r.place.line: [p.code for p in r.problems] for r in self.results if r.problems}
