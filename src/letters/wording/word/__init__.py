"""Wording written in Word: a .docx becomes the same Markdown and Jinja that a .md file holds, and back.

A Word file is read, never filled: its headings, lists, tables, bold, italics and links become marks, its tags
are mended where Word has bent them, and what the vocabulary lacks is refused with the paragraph's text.
"""
