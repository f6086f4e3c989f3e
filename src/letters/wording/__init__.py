"""The wording library on disk, and how a case and its wording become a Letter.

What comes in: a directory of Markdown + Jinja files with YAML heads, and a `Case`. What goes out: a `Letter`.
Nothing here knows how a letter looks. The language of the files is described in `docs/wording.md`.
"""
