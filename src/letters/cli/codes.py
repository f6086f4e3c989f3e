"""The exit codes; documented in the package."""

DONE = 0
PROBLEMS = 1
OUTSIDE = 3
INTERRUPTED = 130
