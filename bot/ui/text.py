"""Words and figures the way people write them: cutting, escaping, plurals, money, runtime, dates. Pure."""

import re
import unicodedata
from datetime import date

ECHO_LIMIT = 80  # characters of what a person typed that are shown back
_MARKDOWN = re.compile(r"([\\*_~|`<>\[\]])")
_LINE_START = re.compile(r"^(\s*)([#>+-])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)\.(\s)", re.MULTILINE)
LOOK_ALIKES = str.maketrans(
    {"*": "∗", "_": "ˍ", "~": "∼", "|": "│", "`": "'", "<": "‹", ">": "›", "\\": "⧵"}
)  # what markdown reads, as characters that NFKC does not fold back
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def units(text: str) -> int:
    """Return the length in UTF-16 units: never less than Discord's own count, which is in code points."""
    return len(text) + sum(char > "\uffff" for char in text)


def visible(text: str) -> str:
    """Drop control, bidi, zero-width and lone surrogate characters; keep the joiners that emoji need."""
    return "".join(
        char for char in text if char in "\n\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )


def escape(text: str) -> str:
    """Return `text` so that Discord shows it as written: no markdown, mention or link comes of it."""
    escaped = _MARKDOWN.sub(r"\\\1", visible(text).replace("://", ":⁄⁄"))
    return _NUMBERED.sub(r"\1\\.\2", _LINE_START.sub(r"\1\\\2", escaped))


def unmarked(text: str) -> str:
    """Return `text` as one line with look-alikes for what markdown reads, for places that may not read backslashes."""
    return " ".join(visible(text).translate(LOOK_ALIKES).replace("://", ":⁄⁄").split())


def echo(text: str) -> str:
    """Return what a person typed, safe to show back and cut to 80 characters."""
    return escape(cut(" ".join(visible(text).split()), ECHO_LIMIT))


def cut(text: str, limit: int) -> str:
    """Cut `text` to `limit` UTF-16 units: at a sentence's end where one is in the last half, else at a word's."""
    if units(text) <= limit:
        return text
    head = _first_units(text, limit - 1)
    ends = [match.end() for match in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] > len(head) // 2:
        return f"{head[: ends[-1]].rstrip()}…"
    words = head.rsplit(" ", 1)[0] if " " in head[len(head) // 2 :] else head
    return f"{words.rstrip()}…"


def split(text: str, limit: int) -> list[str]:
    """Split `text` into balanced pieces of at most `limit` UTF-16 units, at sentences or words where it can."""
    total = units(text)
    if total <= limit:
        return [text]
    count = -(-total // limit)
    aim = min(limit, -(-total // count) + limit // 10)
    pieces: list[str] = []
    while units(text) > limit or (text and units(text) > aim):
        head = _first_units(text, aim)
        ends = [match.end() for match in _SENTENCE_END.finditer(head)] or [
            match.end() for match in re.finditer(" ", head)
        ]
        place = next((end for end in reversed(ends) if end > len(head) // 2), len(head))
        pieces.append(text[:place].strip())
        text = text[place:].lstrip()
    return [piece for piece in [*pieces, text] if piece]


def _first_units(text: str, limit: int) -> str:
    head = text[:limit]
    while units(head) > limit:
        head = head[: -max(1, (units(head) - limit) // 2)]
    return head


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 vote`, `139,000 votes`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def money(dollars: int) -> str:
    """Return `$850,000`, `$3.6 million`, `$203 million`, `$2.92 billion`."""
    millions = dollars / 1_000_000
    if millions >= 999.5:
        return f"${_trimmed(f'{millions / 1000:.2f}')} billion"
    if millions >= 1:
        return f"${_trimmed(f'{millions:.1f}') if millions < 100 else f'{millions:.0f}'} million"
    return f"${dollars:,}"


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".")


def runtime(minutes: int) -> str:
    """Return `1 h 51 min` for 111 minutes."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def day(value: date) -> str:
    """Return `27 October 1995`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def as_of(value: str | None) -> str:
    """Return ` (as of August 2026)`, ` (as of 2023)`, or nothing."""
    if value is None:
        return ""
    year, _, month = value.partition("-")
    return f" (as of {_MONTHS[int(month) - 1]} {year})" if month else f" (as of {year})"
