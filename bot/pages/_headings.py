"""Telling a heading by its words: the sections, and the parts of the reviews. No lines, no text below them."""

import re
from typing import Literal, NamedTuple

from bot.pages.sections import HEADED, SECTIONS, Section

HEADING_LIMIT = 100  # characters; what is longer is text
ReviewPart = Literal["house", "enjoyed_by", "warnings", "critics", "audience", "consensus"]

_NOT_A_WORD = re.compile(r"[\W_]+")
_OPENERS = "([“‘\"'¡¿$#"  # may open a title, so they are no decoration
_EDGES = " :–—-|?.,"

# The part of the reviews and its heading on our own pages; the writer goes by this too.
REVIEW_PARTS: dict[ReviewPart, str] = {
    "house": "House Review",
    "enjoyed_by": "Who Would Enjoy It",
    "warnings": "Content Warnings",
    "critics": "Professional Reviews",
    "audience": "Audience Reactions",
    "consensus": "Overall Consensus",
}
_REVIEW_ALIASES: dict[str, ReviewPart] = {
    "personal review": "house",
    "our review": "house",
    "my review": "house",
    "who would enjoy": "enjoyed_by",
    "who will enjoy": "enjoyed_by",
    "who will enjoy it": "enjoyed_by",
    "who would enjoy this film": "enjoyed_by",
    "who would enjoy this movie": "enjoyed_by",
    "content warning": "warnings",
    "professional review": "critics",
    "critic reviews": "critics",
    "critics reviews": "critics",
    "audience reaction": "audience",
    "audience reviews": "audience",
    "consensus": "consensus",
}


def fold(text: str) -> str:
    """Reduce a heading or a key to its words: lower case, `&` as `and`, without emoji or punctuation."""
    return _NOT_A_WORD.sub(" ", text.casefold().replace("&", " and ")).strip()


_KNOWN: dict[str, Section] = {
    name: section for section in SECTIONS for name in (fold(section.title), *(fold(alias) for alias in section.aliases))
}
_KNOWN_PARTS: dict[str, ReviewPart] = {
    **{fold(heading): part for part, heading in REVIEW_PARTS.items()},
    **_REVIEW_ALIASES,
}
_FIRST_WORDS = {name.split()[0] for name in _KNOWN}
_LAST_WORDS = {name.split()[-1] for name in _KNOWN}
_MOST_WORDS = max(len(name.split()) for name in _KNOWN) + 1  # a dash between them counts as one


class Named(NamedTuple):
    """A section's heading that also holds a film's name: `The Apartment Reviews`."""

    section: Section
    name: str


def section_called(text: str) -> Section | None:
    """Return the section or view that `text` names and nothing else."""
    return _KNOWN.get(fold(text)) if len(text) <= HEADING_LIMIT else None


def review_part(text: str) -> ReviewPart | None:
    """Return the part of the reviews that `text` names and nothing else."""
    return _KNOWN_PARTS.get(fold(text)) if len(text) <= HEADING_LIMIT else None


def named_section(text: str) -> Named | None:
    """Return the section that the first or the last words of a heading name, and the words that remain."""
    words = undecorated(text).split() if len(text) <= HEADING_LIMIT else []
    if len(words) < 2 or not (fold(words[0]) in _FIRST_WORDS or fold(words[-1]) in _LAST_WORDS):
        return None
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        for known, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            section = _KNOWN.get(fold(" ".join(known)))
            name = " ".join(rest).strip(_EDGES)
            if section and section in HEADED and fold(name):
                return Named(section, name)
    return None


def undecorated(text: str) -> str:
    """Return a heading without the emoji, stars and blanks before and after its words."""
    start = next((at for at, char in enumerate(text) if char.isalnum() or char in _OPENERS), len(text))
    return text[start:].rstrip("* ")


def wears(text: str, section: Section) -> bool:
    """Tell whether a heading begins with the section's own emoji."""
    return text.startswith(section.emoji.rstrip("\ufe0f"))
