"""The lines of a page, their kinds, and the escapes in them. Knows nothing of sections or films.

While a line is taken apart, each escaped character is a private-use stand-in, so that no pattern can mistake it for
structure. Text of the model never holds private-use characters, so the stand-ins cannot collide with anything.
"""

import re
import string
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.pages.model import normal

ESCAPABLE = string.punctuation + "“”„‘’–—…•«»"
GAP = "_Nothing recorded yet._"
SPOILER = "{spoiler}"

_STAND_INS = {char: chr(0xE000 + index) for index, char in enumerate(ESCAPABLE)}
_PLAIN_LINE = "\uf8ff"  # stands for the backslash that makes a whole line plain text
_BACK = str.maketrans({stand_in: char for char, stand_in in _STAND_INS.items()} | {_PLAIN_LINE: None})
_BACK_CHARS = frozenset(_STAND_INS.values())
_ESCAPE = re.compile(rf"\\([{re.escape(ESCAPABLE)}])")
_HEADING = re.compile(r"(#{1,6})(?: |$)")

RowKind = Literal["blank", "gap", "heading", "bullet", "plain"]


class Row(NamedTuple):
    """One line; `text` is without its marker and still shielded, `raw` is normal text for people."""

    number: int
    kind: RowKind
    text: str
    raw: str
    level: int = 0  # of a heading
    is_spoiler: bool = False


class Token(NamedTuple):
    """One heading, bullet or paragraph of a section; `line` is where it starts."""

    kind: Literal["heading", "bullet", "paragraph"]
    line: int
    text: str
    raw: str
    is_spoiler: bool


def scan(text: str) -> list[Row]:
    """Split `text` into rows; a line ends as in every editor, with LF, CR LF or CR."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_row(number, line) for number, line in enumerate(lines, 1)]


def _row(number: int, line: str) -> Row:
    raw = " ".join(line.split()) if line.isascii() and line.isprintable() else normal(line)
    if not raw:
        return Row(number, "blank", "", "")
    if raw.casefold() == GAP.casefold():
        return Row(number, "gap", "", raw)
    text, is_spoiler = without_spoiler_mark(shield(raw))
    if heading := _HEADING.match(text):
        return Row(number, "heading", text[heading.end() :], raw, len(heading[1]), is_spoiler)
    if text[:2] in {"- ", "* ", "• ", "-", "*", "•"}:
        return Row(number, "bullet", text[2:], raw, 0, is_spoiler)
    return Row(number, "plain", text, raw, 0, is_spoiler)


def shield(text: str) -> str:
    """Put stand-ins for all that a backslash protects."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(lambda match: _STAND_INS[match[1]], text)
    return _PLAIN_LINE + text[1:] if text.startswith("\\") and len(text) > 1 else text


def protect(text: str, chars: str) -> str:
    """Put stand-ins for every one of `chars` in `text`."""
    return "".join(_STAND_INS[char] if char in chars else char for char in text)


def is_shielded(char: str) -> bool:
    return char in _BACK_CHARS


def unshield(text: str) -> str:
    """Give the protected characters back and return text in normal form."""
    return normal(text.translate(_BACK))


def without_spoiler_mark(text: str) -> tuple[str, bool]:
    """Return `text` without ` {spoiler}` at its end, and whether it was there."""
    if text[-len(SPOILER) :].lower() == SPOILER:
        return text[: -len(SPOILER)].rstrip(), True
    return text, False


def tokens(rows: Sequence[Row], *, joined: bool) -> list[Token]:
    """Turn rows into headings, bullets and paragraphs; neighbouring plain lines are one paragraph if `joined`."""
    found: list[Token] = []
    paragraph: list[Row] = []
    for row in rows:
        if paragraph and (row.kind != "plain" or not joined):
            found.append(_paragraph(paragraph))
            paragraph = []
        if row.kind == "plain":
            paragraph.append(row)
        elif row.kind in {"heading", "bullet"}:
            kind = "heading" if row.kind == "heading" else "bullet"
            found.append(Token(kind, row.number, row.text, row.raw, row.is_spoiler))
    if paragraph:
        found.append(_paragraph(paragraph))
    return found


def _paragraph(rows: Sequence[Row]) -> Token:
    return Token(
        "paragraph",
        rows[0].number,
        " ".join(row.text for row in rows),
        "\n".join(row.raw for row in rows),
        any(row.is_spoiler for row in rows),
    )
