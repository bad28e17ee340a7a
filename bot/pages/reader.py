"""A page's text into a film, with all there is to say about it. Opens no files; raises nothing but PageError."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.pages import _bodies, _entries
from bot.pages._desk import Aside, Desk, PageError
from bot.pages._lines import Token, scan, tokens
from bot.pages._outline import (
    NO_TITLE,
    Outline,
    first_row,
    has_own_headings,
    is_titled,
    own_outline,
    settle_gaps,
)
from bot.pages._pasted import pasted_outline, prepared
from bot.pages.findings import Finding, Place, in_order
from bot.pages.lint import examine, mark_spoilers, suspects
from bot.pages.model import Film

__all__ = ["Aside", "PageError", "Reading", "is_own_format", "read_page", "read_page_bytes"]

SIZE_LIMIT = 1_000_000  # bytes of UTF-8
LINE_LIMIT = 20_000  # lines; a long page has a few hundred
RATINGS_NOTE = "Members rate films in Discord; nothing is kept here."


@dataclass(frozen=True, slots=True)
class Reading:
    """A film and what the reader and the doctor have to say; `lines` tells where each part of the film stood."""

    film: Film
    findings: tuple[Finding, ...]
    aside: tuple[Aside, ...]
    lines: Mapping[Place, int]


def is_own_format(text: str) -> bool:
    """Tell whether the first line with text is `# Title` rather than a section's heading."""
    first = next((row for row in scan(text) if row.kind != "blank"), None)
    return first is not None and is_titled(first)


def read_page_bytes(data: bytes, *, strict: bool | None = None) -> Reading:
    """Read a file; by default a page in the project's own format is read strictly, any other leniently."""
    if len(data) > SIZE_LIMIT:
        raise PageError("Shorten this file; a page has at most 1 MB.")
    if b"\x00" in data:
        raise PageError("Choose a text file; this one is binary.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise PageError("Save this file as UTF-8; it holds bytes that are not.", line) from problem
    if not text.strip():
        raise PageError("Write something; this file is empty.")
    return read_page(text, strict=is_own_format(text) if strict is None else strict)


def read_page(text: str, *, strict: bool = False) -> Reading:
    """Read a page. `strict` takes only the project's own format and reports what departs from it as errors.

    A page in looser form has its suspected spoilers marked; one in own format is never changed.
    """
    if len(text) > SIZE_LIMIT or len(text.encode("utf-8", "surrogatepass")) > SIZE_LIMIT:
        raise PageError("Shorten this text; a page has at most 1 MB.")
    if text.count("\n") + text.count("\r") >= LINE_LIMIT * 2:
        raise PageError("Shorten this text; a page has at most 20,000 lines.")
    rows = scan(text)
    if len(rows) > LINE_LIMIT:
        raise PageError("Shorten this text; a page has at most 20,000 lines.")
    first = first_row(rows)
    pasted = not strict and not (is_titled(first) and has_own_headings(rows))
    desk = Desk(strict=strict, loose=pasted)
    outline = pasted_outline(rows, desk) if pasted else own_outline(rows, desk)
    settle_gaps(outline, desk)
    film = _film(outline, desk)
    if pasted:
        film = _with_spoilers_marked(film, desk)
    doctor = examine(film, desk.lines, stated=outline.stated, pasted=pasted)
    return Reading(film, in_order((*desk.findings, *doctor)), desk.aside, MappingProxyType(dict(desk.lines)))


def _film(outline: Outline, desk: Desk) -> Film:
    def body(key: str) -> list[Token]:
        rows = outline.bodies.get(key, [])
        desk.heading = outline.headings.get(key, "")
        return tokens(prepared(key, rows, desk) if desk.loose else rows, joined=not desk.loose)

    overview, facts = _bodies.overview(desk, body("overview"))
    title, year = _name(outline, facts, desk)
    _ratings(body("ratings"), desk)
    return Film(
        title=title,
        year=year,
        overview=overview,
        badly_explained=desk.entries(body("badly-explained"), ("badly_explained",), _entries.a_line),
        synopsis=_bodies.synopsis(desk, body("synopsis")),
        ending=desk.texts(body("ending"), ("ending",)),
        cast=desk.entries(body("cast"), ("cast",), _entries.role),
        quotes=_bodies.quotes(desk, body("quotes")),
        box_office=_bodies.box_office(desk, body("boxoffice")),
        reviews=_bodies.reviews(desk, body("reviews")),
        awards=desk.entries(body("awards"), ("awards",), _entries.award),
        behind_the_scenes=desk.entries(body("behind"), ("behind_the_scenes",), _entries.a_line),
        watch=_bodies.watch(desk, body("watch")),
        similar=desk.entries(body("similar"), ("similar",), _entries.similar_film),
        products=desk.entries(body("products"), ("products",), _entries.linked_item),
        soundtrack=_bodies.soundtrack(desk, body("soundtrack")),
        faq=_bodies.faq(desk, body("faq")),
        bonus=desk.entries(body("bonus"), ("bonus",), _entries.linked_item),
    )


def _name(outline: Outline, facts: _bodies.Facts, desk: Desk) -> tuple[str, int | None]:
    """Return title and year; the first line goes before the overview."""
    title, year = facts.get("title"), facts.get("year")
    if isinstance(title, str) and title != outline.title:
        if outline.title:
            line = desk.lines.get(("overview", "title"))
            desk.report("Write the same title here and in the first line.", line, ("title",))
        else:
            outline.title = title
    if not outline.title:
        raise PageError(NO_TITLE)
    if not isinstance(year, int):
        return outline.title, outline.year
    line = desk.lines["year",] = desk.lines["overview", "year"]
    if outline.year not in {None, year}:
        desk.report("Write the same year here and in the title; they disagree.", line, ("year",))
    return outline.title, outline.year or year


def _ratings(found: list[Token], desk: Desk) -> None:
    for token in found:
        if token.raw != RATINGS_NOTE:
            desk.put_aside(token, "Remove this; members rate films in Discord.", ("ratings",))


def _with_spoilers_marked(film: Film, desk: Desk) -> Film:
    places = set(suspects(film))
    for place in sorted(places, key=str):
        message = "Check this entry; it seems to tell the ending and was marked as a spoiler."
        desk.report(message, desk.lines.get(place), place)
    return mark_spoilers(film, places)
