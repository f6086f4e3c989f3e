"""Runs of many letters: where their cases come from, who makes them, and what is done when a run is cut.

A run has two halves. Every case is read and checked; then the letters are made, by processes of this machine,
by a cluster or by any executor. What a letter is, only the desk knows: this room sits on top of it.
"""
