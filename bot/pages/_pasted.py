"""A page in looser form into the rows that a page in own format would have. Adds nothing and drops nothing."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bot.pages._bodies import UNKNOWN_HEADING, fact_name
from bot.pages._desk import Desk, PageError, readable
from bot.pages._entries import CLOSERS, COLON
from bot.pages._headings import HEADING_LIMIT, fold, named_section, review_part, section_called, undecorated, wears
from bot.pages._lines import Row, protect
from bot.pages._outline import (
    UNKNOWN_SECTION,
    Outline,
    first_row,
    is_titled,
    read_title,
    start_section,
    unplaced,
)
from bot.pages._values import split_year
from bot.pages.sections import HEADED, Section, section

_SENTENCE_ENDS = (".", "!", "…", "”", '"', ";")
_NUMBERED = re.compile(r"[0-9]{1,2}[.)] ")
_QUESTION_LIMIT = 200  # characters
_TITLE_MENTIONS = 2  # how often a name must stand in the page before one heading alone makes it the title
_BARE_LEVEL = 2  # what a heading without # counts as
_HEADED_KEYS = {"synopsis", "reviews", "faq", "bonus"}
_LISTED_PARTS = {"enjoyed_by", "warnings", "critics", "audience"}
_UNRATED = re.compile(r"(?:there are )?no (?:ratings|reviews)\b|members rate films\b", re.IGNORECASE)


class Heading(NamedTuple):
    """A row that heads a section; `section` is None when it is not one of the page's."""

    row: Row
    section: Section | None
    name: str = ""  # of the film, as far as the heading holds it


def pasted_outline(rows: Sequence[Row], desk: Desk) -> Outline:
    """Find the title and the sections; PageError when there is no title or not one known section."""
    rows = [_cleared(row) for row in rows]
    outline = Outline()
    first = first_row(rows)
    has_title_line = is_titled(first)
    if has_title_line:
        read_title(first, outline, desk)
        rows = rows[rows.index(first) + 1 :]
    headings = {row.number: found for row in rows if (found := _heading(row))}
    if not any(found.section for found in headings.values()):
        raise PageError("Head each section with its name, such as “Quick Overview”; no section was found.")
    if not outline.title:
        _infer_title(rows, headings, outline, desk)
    _split(rows, headings, outline, desk)
    return outline


def _cleared(row: Row) -> Row:
    """Take off what a chat or a word processor puts around a line: bold marks and list numbers."""
    text, kind = row.text, row.kind
    if kind == "plain" and (number := _NUMBERED.match(text)):
        text, kind = text[number.end() :], "bullet"
    if text.startswith("**") and (closed := text.find("**", 2)) > 0:
        text = text[2:closed] + text[closed + 2 :]
    return row._replace(text=text, kind=kind)


def _heading(row: Row) -> Heading | None:
    text = row.text
    if row.kind not in {"plain", "heading"} or not 0 < len(text) <= HEADING_LIMIT or text.endswith(_SENTENCE_ENDS):
        return None
    part = section_called(text)
    is_marked = row.kind == "heading" or unicodedata.category(text[0]) == "So"
    if part is not None and (is_marked or part in HEADED):
        return Heading(row, part)
    if not is_marked:
        return None
    named = None if review_part(text) else named_section(text)
    return Heading(row, named.section, named.name) if named else Heading(row, None)


def _infer_title(rows: Sequence[Row], headings: dict[int, Heading], outline: Outline, desk: Desk) -> None:
    """Take the title from a first line of its own, or from the name that the headings share."""
    first = first_row(rows)
    if first.kind == "plain" and first.number not in headings and len(first.text) <= HEADING_LIMIT:
        read_title(first, outline, desk)
        return
    names = Counter(found.name for found in headings.values() if found.name)
    for name, count in names.most_common(3):
        if count >= _TITLE_MENTIONS or sum(name in row.text for row in rows) > _TITLE_MENTIONS:
            title, outline.year = split_year(name)
            outline.title = readable(title)
            desk.lines["title",] = next(found.row.number for found in headings.values() if found.name == name)
            return


def _split(rows: Sequence[Row], headings: dict[int, Heading], outline: Outline, desk: Desk) -> None:
    take = unplaced(desk)
    current: Section | None = None
    level = _BARE_LEVEL
    for row in rows:
        found = headings.get(row.number)
        if row.number == desk.lines.get(("title",)) and found is None:
            continue
        if found is None or _is_below(found, current, level):
            take(row)
            continue
        part = found.section
        if part and found.name and not (wears(row.text, part) or _same(found.name, outline)):
            part = None
        level = row.level or _BARE_LEVEL
        desk.heading = undecorated(row.text) or row.raw
        current = section(part.view_of) if part and part.view_of else part
        if current is None:
            take = desk.open_aside(row, UNKNOWN_SECTION)
            continue
        take = start_section(current, row, outline, desk)
        if part is not current:
            take(row)  # the heading of a view stands in the section that holds the view


def _same(name: str, outline: Outline) -> bool:
    return fold(split_year(name)[0]) == fold(outline.title)


def _is_below(found: Heading, current: Section | None, level: int) -> bool:
    """Tell whether a heading is one within the current section: a part of the reviews, a question, a part."""
    if current is None or current.key not in _HEADED_KEYS:
        return False
    if current.key == "reviews" and review_part(found.row.text):
        return True
    if found.section is not None:
        return False
    return found.row.level > level or (current.key == "faq" and found.row.text.endswith("?"))


def prepared(key: str, rows: Sequence[Row], desk: Desk) -> list[Row]:
    """Give the rows of a section the kinds that its parser asks for."""
    present = [row for row in rows if row.kind not in {"blank", "gap"}]
    prepare = _PREPARED.get(key)
    return list(prepare(present, desk)) if prepare else present


def _as(row: Row, kind: str) -> Row:
    match kind:
        case "bullet":
            return row._replace(kind="bullet")
        case "heading":
            return row._replace(kind="heading", text=undecorated(row.text))
        case _:
            return row._replace(kind="plain")


def _bullets_where(wanted: Callable[[Row], bool]) -> Callable[[Sequence[Row], Desk], Iterable[Row]]:
    def prepare(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
        return (_as(row, "bullet") if row.kind == "plain" and wanted(row) else row for row in rows)

    return prepare


def _overview(rows: Sequence[Row], desk: Desk) -> Iterable[Row]:
    after_trailer = False
    for row in rows:
        if fold(row.text) == "trailer":
            desk.lines["overview", "trailer"] = row.number
            after_trailer = True
            continue
        if after_trailer and row.text.startswith(("https://", "http://")):
            yield row._replace(kind="bullet", text=f"Trailer: {row.text}")
        else:
            yield _as(row, "bullet") if row.kind == "plain" and fact_name(row.text.partition(":")[0]) else row
        after_trailer = False


def _synopsis(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    for at, row in enumerate(rows):
        follower = rows[at + 1] if at + 1 < len(rows) else None
        is_heading = row.kind == "plain" and _is_short(row) and follower and not _is_short(follower)
        yield _as(row, "heading") if is_heading or row.kind == "heading" else _as(row, "plain")


def _is_short(row: Row) -> bool:
    return row.kind == "heading" or (
        len(row.text) <= HEADING_LIMIT and not row.text.endswith((*_SENTENCE_ENDS, "?", ":", ","))
    )


def _ending(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    return (_as(row, "plain") for row in rows)


def _reviews(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    part = "house"
    for row in rows:
        head, colon, rest = row.text.partition(": ")
        if found := review_part(row.text):
            part = found
            yield _as(row, "heading")
        elif colon and (found := review_part(head)):
            part = found
            yield _as(row, "heading")._replace(text=head, is_spoiler=False)
            yield row._replace(kind="bullet" if part in _LISTED_PARTS else "plain", text=rest)
        elif row.kind == "heading":
            yield row
        else:
            yield _as(row, "bullet" if part in _LISTED_PARTS else "plain")


def _watch(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    offers = ("stream", "rent", "buy", "disc")
    return (row if row.kind == "bullet" and row.text.lower().startswith(offers) else _as(row, "plain") for row in rows)


def _faq(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    """Put a heading above each answer: its question, or `?` where no question stands."""
    has_question = False
    for row in rows:
        if row.kind == "heading" or (row.text.endswith("?") and len(row.text) <= _QUESTION_LIMIT):
            has_question = True
            text = undecorated(row.text)
            yield row._replace(kind="heading", text=text[2:].strip() if text[:2].lower() in {"q:", "q."} else text)
            continue
        if not has_question:
            yield row._replace(kind="heading", text=UNKNOWN_HEADING)
        yield row._replace(kind="plain", text=row.text[2:].strip() if row.text[:2] in {"A:", "A."} else row.text)


def _bonus(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    """Join a line that is a title with the line of text and the address below it."""
    title: Row | None = None
    about: list[str] = []
    url = ""
    for row in rows:
        if title and not url and row.text.startswith(("https://", "http://")):
            url = row.text
        elif title and not about and row.kind == "plain" and not _is_short(row):
            about.append(row.text)
            title = title._replace(raw=f"{title.raw}\n{row.raw}", is_spoiler=title.is_spoiler or row.is_spoiler)
        else:
            if title:
                yield _joined(title, about, url)
            is_title = row.kind != "bullet" and _is_short(row)
            title, about, url = (row if is_title else None), [], ""
            if not is_title:
                yield row
    if title:
        yield _joined(title, about, url)


def _joined(title: Row, about: Sequence[str], url: str) -> Row:
    name = protect(title.text, ":[]")
    head = f"[{name}]({url})" if url else name
    return _as(title, "bullet")._replace(text=": ".join((head, *about)))


def _ratings(rows: Sequence[Row], _desk: Desk) -> Iterable[Row]:
    return (row for row in rows if not _UNRATED.match(row.text))


def _is_named(row: Row) -> bool:
    return COLON.search(row.text) is not None and not row.text.endswith(":")


_PREPARED: dict[str, Callable[[Sequence[Row], Desk], Iterable[Row]]] = {
    "overview": _overview,
    "badly-explained": _bullets_where(lambda _row: True),
    "synopsis": _synopsis,
    "ending": _ending,
    "cast": _bullets_where(lambda row: _is_named(row) or row.text.endswith(")")),
    "quotes": _bullets_where(lambda row: any(mark in row.text for mark in CLOSERS)),
    "boxoffice": _bullets_where(lambda row: fact_name(row.text.partition(":")[0]) is not None),
    "reviews": _reviews,
    "awards": _bullets_where(lambda row: not row.text.endswith(":")),
    "behind": _bullets_where(lambda _row: True),
    "watch": _watch,
    "similar": _bullets_where(lambda row: _is_named(row) or split_year(row.text)[1] is not None),
    "products": _bullets_where(_is_named),
    "soundtrack": _bullets_where(lambda row: row.text[:1] in CLOSERS or fold(row.text.partition(":")[0]) == "composer"),
    "faq": _faq,
    "bonus": _bonus,
    "ratings": _ratings,
}
