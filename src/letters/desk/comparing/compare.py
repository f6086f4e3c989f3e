"""The use case `compare`: what somebody changed in a letter's Word file, word by word.

The letter of the case is made once more in memory, and both Word files are read in the same way. Each change
is told with the field of the case file or the line of the wording that its words come from, so that it can be
made where it belongs: an edited Word file is never issued.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from letters.desk.comparing.changes import Edit, Span, edits
from letters.desk.comparing.edited import Texts, edited_problems
from letters.desk.comparing.sources import SourcedWord, sourced_words
from letters.desk.verifying.likeness import masked
from letters.document.model import Letter, Status, Wording
from letters.problems import N_, Place, Problem, Severity
from letters.reading.word_package import WordPackage, open_word
from letters.reading.word_text import WordText, read_word

if TYPE_CHECKING:
    from letters.desk import Desk, Prepared
    from letters.desk.appendices.guarding import Against

_CONTEXT = 5  # words shown before and after a change


class Change(Struct, frozen=True):
    """One change.

    Attributes:
        paragraph: the number of the paragraph in the edited file, counting those with text from 1.
        place: where in the file: "body", "header first", "footer default", "footnote" ...
        removed: the words that are gone, "¶" for the end of a paragraph; `added` those that are new.
        before: words before the change, `after` those after it.
        fields: the fields of the case file that the words come from.
        wording: the line of the wording; None when it is not known or the words are all from the case.
    """

    paragraph: int
    place: str
    removed: str
    added: str
    before: str
    after: str
    fields: tuple[Place, ...] = ()
    wording: Wording | None = None


class Compared(Struct, frozen=True):
    """What comparing found.

    Attributes:
        status: of the letter it was compared with; a file without the draft's marks is taken for a final.
        changes: in the order of the edited file.
        problems: of the edited text, and what else its reader should know.
    """

    case: Path
    edited: Path
    status: Status
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def compare(desk: Desk, case: Path, edited: Path, against: Against | None = None) -> Compared:
    """Compare an edited Word file with the letter that its case makes.

    The edited text is held to the same rules as the letter, and looked through for secrets.

    Args:
        against: the appendices whose secrets the edited file may not hold; None for none at hand.
    Raises:
        LettersError: the Word file cannot be read, or no letter can be made of the case.
    """
    package = open_word(edited)
    there = read_word(package)
    prepared = desk.prepare(case, Status.DRAFT)
    if not _is_draft(there, prepared.letter):
        prepared = desk.prepare(case, Status.FINAL)
    drawn = desk.draw_docx(prepared.letter)
    made = read_word(WordPackage(drawn, str(case)))
    words = _sourced(made, prepared.letter)
    changes = tuple(_change(edit, words, prepared) for edit in edits(made, there))
    texts = Texts(made, there, drawn, package.data, edited, changed=bool(changes))
    problems = (*_notices(there, edited), *edited_problems(desk, prepared, texts, against))
    return Compared(case, edited, prepared.letter.status, changes, problems)


def _is_draft(there: WordText, letter: Letter) -> bool:
    marks = {" ".join(mark.split()) for mark in (letter.slots.mark, letter.slots.notice) if mark}
    return any(" ".join(paragraph.words) in marks for paragraph in there.paragraphs)


def _sourced(made: WordText, letter: Letter) -> list[list[SourcedWord]]:
    """The source of each word of each paragraph; without sources where the file and the Letter part ways."""
    sources = iter(sourced_words(letter))
    found: list[list[SourcedWord]] = []
    for paragraph in made.paragraphs:
        row: list[SourcedWord] = []
        for number, text in enumerate((*paragraph.label_words, *paragraph.words)):
            source = next(sources, None) if paragraph.place == "body" else None
            if source is None or source.text != text:
                source, sources = SourcedWord(text, (), False, None), iter(())
            if number >= len(paragraph.label_words):
                row.append(source)
        found.append(row)
    return found


def _change(edit: Edit, words: Sequence[Sequence[SourcedWord]], prepared: Prepared) -> Change:
    near = _near(edit, words)
    fields = dict.fromkeys(field for word in near for field in word.fields)
    own = any(word.own for word in near)
    wording = next((word.wording for word in near if word.wording), None) if own else None
    return Change(
        paragraph=edit.paragraph + 1,
        place=edit.place,
        removed=masked(edit.removed),
        added=masked(edit.added),
        before=masked(" ".join(edit.before[-_CONTEXT:])),
        after=masked(" ".join(edit.after[:_CONTEXT])),
        fields=tuple(_field(prepared, field) for field in fields),
        wording=wording,
    )


def _near(edit: Edit, words: Sequence[Sequence[SourcedWord]]) -> list[SourcedWord]:
    """The words that a change is about: those that are gone, else those that what is new stands between."""
    gone = [word for span in edit.spans for word in words[span.paragraph][span.start : span.stop]]
    if gone or not edit.spans:
        return gone
    span: Span = edit.spans[0]
    row = words[span.paragraph]
    around = row[max(0, span.start - 1) : span.start + 1]
    if not around:
        return []
    shared = tuple(field for field in around[0].fields if all(field in word.fields for word in around))
    return [replace(around[0], fields=shared, own=not shared)]


def _field(prepared: Prepared, field: str) -> Place:
    return replace(prepared.read.places.place(field), field=field)


# What the reader should know besides


def _notices(there: WordText, edited: Path) -> Iterator[Problem]:
    place = Place(str(edited))
    if there.insertions or there.deletions:
        message = N_(
            "the file has tracked changes ({insertions} insertions, {deletions} deletions):"
            " insertions count as text, deletions do not"
        )
        args = {"insertions": there.insertions, "deletions": there.deletions}
        yield Problem("word.tracked-changes", Severity.WARNING, message, place, args)
    for comment in there.comments:
        message = N_("the file has a comment: {comment}")
        yield Problem("word.comment", Severity.WARNING, message, place, {"comment": masked(comment)})
    if there.hidden:
        message = N_("the file has hidden text; it counts as text")
        help_ = N_("show it in Word with Ctrl+Shift+8, and take it out")
        yield Problem("word.hidden-text", Severity.WARNING, message, place, help=help_)
