"""How fast letters are made, beside what others would use: `make bench`. See docs/performance.md.

Nothing here is a test: the numbers are told, not asserted. Only ratios of one run mean anything, since
machines are busy.
"""
