"""Count what a paste lost or changed while it is read, and report it in sentences."""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto

from django.utils.translation import gettext, ngettext


class Loss(Enum):
    """Each kind of loss or change, in the order in which an editor sees them."""

    DELETED = auto()
    STRUCK = auto()
    COMMENT = auto()
    HIDDEN = auto()
    PICTURE = auto()
    EMBEDDED = auto()
    FORMULA = auto()
    CONTENTS = auto()
    SYMBOL = auto()
    NOTE = auto()
    NOTE_WITHOUT_TEXT = auto()
    TITLE = auto()
    LEVELS = auto()
    LONG_HEADING = auto()
    CAPTION = auto()
    HEADER = auto()
    MERGED = auto()
    LINK = auto()
    LINK_IN_WORDS = auto()
    NUMBERING = auto()
    DEEP_LIST = auto()
    MIXED_LIST = auto()
    FLATTENED = auto()


class Report:
    """Counts losses; each kind is reported once."""

    def __init__(self) -> None:
        self._counts: Counter[Loss] = Counter()

    def add(self, loss: Loss, count: int = 1) -> None:
        self._counts[loss] += count

    def sentences(self) -> list[str]:
        """Return a sentence for each kind of loss, in the active language."""
        return [_sentence(loss, self._counts[loss]) for loss in Loss if self._counts[loss]]


def _sentence(loss: Loss, count: int) -> str:
    counted = _counted(loss, count)
    return counted % {"count": count} if counted else _uncounted()[loss]


def _counted(loss: Loss, count: int) -> str:
    match loss:
        case Loss.PICTURE:
            return ngettext(
                "%(count)d picture was left out: upload it and add an image block.",
                "%(count)d pictures were left out: upload them and add image blocks.",
                count,
            )
        case Loss.NOTE:
            return ngettext(
                "%(count)d note stands in a list at the end; its number stays in the text.",
                "%(count)d notes stand in a list at the end; their numbers stay in the text.",
                count,
            )
        case Loss.NOTE_WITHOUT_TEXT:
            return ngettext(
                "The text of %(count)d note was not copied: only its number is here.",
                "The text of %(count)d notes was not copied: only their numbers are here.",
                count,
            )
        case Loss.LINK:
            return ngettext(
                "%(count)d link that leads nowhere on the web was removed; its words stay.",
                "%(count)d links that lead nowhere on the web were removed; their words stay.",
                count,
            )
    return ""


def _uncounted() -> dict[Loss, str]:
    return {
        Loss.DELETED: gettext("Text deleted in tracked changes was left out."),
        Loss.STRUCK: gettext("Text that was struck through was left out."),
        Loss.COMMENT: gettext("Comments were left out."),
        Loss.HIDDEN: gettext("Hidden text was left out."),
        Loss.EMBEDDED: gettext("Videos and other embedded content were left out."),
        Loss.FORMULA: gettext("Formulas were left out: write them as text, or add them as pictures."),
        Loss.CONTENTS: gettext("The table of contents was left out."),
        Loss.SYMBOL: gettext("Symbols from a symbol font were left out: readers’ devices cannot show them."),
        Loss.TITLE: gettext("The document’s title came in as a heading: delete it if the page has it already."),
        Loss.LEVELS: gettext("Pages have two levels of headings: deeper ones became the second level."),
        Loss.LONG_HEADING: gettext("A heading of more than 160 characters became a bold paragraph."),
        Loss.CAPTION: gettext("A table had no caption and got one from the words near it: check it."),
        Loss.HEADER: gettext("The first row of a table was taken as its header: change that if it is not one."),
        Loss.MERGED: gettext("Merged cells of a table were divided; their text stands in the first of them."),
        Loss.LINK_IN_WORDS: gettext("Links in headings, quotes and tables were removed; their words stay."),
        Loss.NUMBERING: gettext("A numbered list that did not begin with 1 now does."),
        Loss.DEEP_LIST: gettext("Lists go five levels deep here: deeper items moved up to the fifth."),
        Loss.MIXED_LIST: gettext("A list inside a list of the other kind took its kind, numbers or bullets."),
        Loss.FLATTENED: gettext("Headings, quotes and tables cannot stand here: they became paragraphs."),
    }
