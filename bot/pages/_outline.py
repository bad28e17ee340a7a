"""Finding the title and the sections of a page in the project's own format. Leaves their text alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.pages._desk import Desk, PageError, readable
from bot.pages._headings import named_section, section_called, wears
from bot.pages._lines import Row, is_shielded
from bot.pages._values import split_year
from bot.pages.findings import Place
from bot.pages.sections import HEADED, Section

NO_TITLE = "Start the page with “# Title (Year)”; it does not say which film it is about."
UNKNOWN_SECTION = "Rename or remove this section; it is not one of the page's."
_H1, _H2 = 1, 2
Take = Callable[[Row], None]


@dataclass(slots=True)
class Outline:
    """The rows and the heading of each section by its key, and which sections say that they are empty."""

    title: str = ""
    year: int | None = None
    bodies: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    headings: dict[str, str] = field(default_factory=dict[str, str])
    stated: set[str] = field(default_factory=set[str])


def place_of(part: Section) -> Place:
    """Return the place of a section in Film; that of the ratings is their key."""
    return (part.field or part.key,)


def is_section_heading(text: str) -> bool:
    """Tell whether the text of a first line is a section's heading rather than a title; `text` is shielded."""
    if text[:1] == "\\" or is_shielded(text[:1]):
        return False
    named = named_section(text)
    return section_called(text) is not None or (named is not None and wears(text, named.section))


def first_row(rows: Sequence[Row]) -> Row:
    """Return the first row with text; PageError when there is none."""
    for row in rows:
        if row.kind != "blank":
            return row
    raise PageError("Write something; this page is empty.")


def is_titled(row: Row) -> bool:
    """Tell whether a page that begins with this row is in the project's own format."""
    return row.kind == "heading" and row.level == _H1 and bool(row.text) and not is_section_heading(row.text)


def has_own_headings(rows: Sequence[Row]) -> bool:
    return any(row.kind == "heading" and row.level == _H2 for row in rows)


def read_title(row: Row, outline: Outline, desk: Desk) -> None:
    """Take the title and the year from the first line."""
    text = row.text.removeprefix("\\")
    title, outline.year = split_year(text)
    outline.title = readable(title)
    if not outline.title:
        raise PageError(NO_TITLE, row.number)
    if row.is_spoiler:
        desk.report("Remove “{spoiler}” from the title; it is always seen.", row.number, ("title",))
    desk.lines["title",] = row.number


def own_outline(rows: Sequence[Row], desk: Desk) -> Outline:
    """Split a page in own format at its “##” headings; an unknown section is kept aside whole."""
    first = first_row(rows)
    if not is_titled(first):
        raise PageError(NO_TITLE, first.number)
    outline = Outline()
    read_title(first, outline, desk)
    take = unplaced(desk)
    for row in rows[rows.index(first) + 1 :]:
        if row.kind == "heading" and row.level == _H2:
            take = _open(row, outline, desk)
        elif row.kind == "heading" and row.level == _H1:
            desk.put_aside(row, "Use “##” for the sections; only the first line starts with “#”.")
        else:
            take(row)
    return outline


def unplaced(desk: Desk) -> Take:
    """Return what takes the rows above the first section."""

    def take(row: Row) -> None:
        if row.kind != "blank":
            desk.put_aside(row, "Put this below the heading of a known section.")

    return take


def _open(row: Row, outline: Outline, desk: Desk) -> Take:
    named = named_section(row.text)
    part = section_called(row.text) or (named.section if named and wears(row.text, named.section) else None)
    desk.heading = row.raw.lstrip("# ")
    if part is None or part not in HEADED:
        return desk.open_aside(row, UNKNOWN_SECTION)
    return start_section(part, row, outline, desk)


def start_section(part: Section, row: Row, outline: Outline, desk: Desk) -> Take:
    """Return what takes the rows of a section whose heading is `row`; a second heading joins the first."""
    if part.key in outline.bodies:
        desk.report(f"Join the two sections “{part.title}”; they are read as one.", row.number, place_of(part))
    desk.lines.setdefault(place_of(part), row.number)
    outline.headings.setdefault(part.key, desk.heading)
    return outline.bodies.setdefault(part.key, []).append


def settle_gaps(outline: Outline, desk: Desk) -> None:
    """Note which sections say that they are empty, and report those without a heading."""
    for part in HEADED:
        body = outline.bodies.get(part.key)
        if body is None:
            if not (desk.loose and part.field is None):
                desk.report(f"Add the section “{part.title}”; it is missing.", None, place_of(part))
            outline.stated.add(part.key)
            continue
        gap = next((row for row in body if row.kind == "gap"), None)
        if gap is None:
            continue
        outline.stated.add(part.key)
        if any(row.kind not in {"gap", "blank"} for row in body):
            desk.report("Remove this line; the section is not empty.", gap.number, place_of(part))
