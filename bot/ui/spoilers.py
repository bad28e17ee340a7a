"""Hiding text so that it stays hidden. Nothing else in the bot writes spoiler bars.

Text is cleaned and cut first and wrapped last, so that no character inside can close the bars or reach past them.
"""

import re
from collections.abc import Iterable

from bot.ui.text import split, units, unmarked

BARS = "||"
HIDDEN = "🙈 Spoiler hidden"  # stands in the place of a covered entry
COVERED = "The ending is not shown in this channel."  # the one line of a covered post
GAP = "\n\n"
NOTHING = "There is nothing to hide here."
MOST = 20  # spoilers in a message: clients lose text past about 99
PIECE = 1_200  # UTF-16 units of one spoiler
PAGE = 3_600  # UTF-16 units of one page of spoilers, below the 4,096 of an embed description

_BRACKETS = str.maketrans("[]{}", "()()")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def clean(text: str) -> str:
    """Return `text` as one line in which no markdown, link or mention is left to read."""
    return unmarked(text).translate(_BRACKETS)


def hide(paragraphs: Iterable[str]) -> list[str]:
    """Return pages of text, each paragraph in spoiler bars of its own on a line of its own; never an empty page."""
    return [GAP.join(f"{BARS}{piece}{BARS}" for piece in page) or NOTHING for page in _pages(paragraphs)]


def show(paragraphs: Iterable[str]) -> list[str]:
    """Return the same pages with the text open, for the eyes of one person."""
    return [GAP.join(page) or NOTHING for page in _pages(paragraphs)]


def _pieces(paragraphs: Iterable[str]) -> Iterable[str]:
    for paragraph in paragraphs:
        for piece in split(clean(paragraph), PIECE):
            if _LETTER_OR_DIGIT.search(piece):
                yield piece


def _pages(paragraphs: Iterable[str]) -> list[list[str]]:
    """Share the pieces out to pages, the same ones whether they are hidden or shown."""
    pages: list[list[str]] = [[]]
    size = 0
    for piece in _pieces(paragraphs):
        if pages[-1] and (size + units(piece) > PAGE or len(pages[-1]) == MOST):
            pages.append([])
            size = 0
        pages[-1].append(piece)
        size += units(piece) + len(GAP) + 2 * len(BARS)
    return pages
