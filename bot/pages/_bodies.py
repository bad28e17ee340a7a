"""The text of one section into the part of the film it fills. Does not find sections and does not judge."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError

from bot.pages import _entries, _values
from bot.pages._desk import OUT_OF_RANGE, Desk, Malformed, readable
from bot.pages._headings import ReviewPart, fold, review_part
from bot.pages._lines import Token
from bot.pages.findings import Place
from bot.pages.model import (
    BoxOffice,
    Overview,
    Question,
    Quote,
    Reviews,
    Soundtrack,
    SynopsisPart,
    Track,
    Watch,
    WatchOption,
)

Tokens = Sequence[Token]
Facts = dict[str, object]
T = TypeVar("T", SynopsisPart, Question)

UNKNOWN_HEADING = "?"  # of a part of the synopsis, or a question that is not recorded
_UNCLOSED = "Close the quotation mark that opens here."
_OVERVIEW: dict[str, tuple[str, Callable[[str], object]]] = {
    "title": ("title", str),
    "original title": ("original_title", str),
    "also known as": ("also_known_as", _values.a_list),
    "director": ("directors", _values.a_list),
    "genre": ("genres", _values.a_list),
    "country": ("countries", _values.a_list),
    "language": ("languages", _values.a_list),
    "release year": ("year", _values.a_year),
    "released": ("released", _values.a_date),
    "runtime": ("runtime", _values.minutes),
    "imdb rating": ("imdb", _values.imdb_rating),
    "rotten tomatoes": ("tomatoes", _values.tomato_rating),
    "imdb id": ("imdb_id", _values.imdb_id),
    "poster": ("poster", str),
    "trailer": ("trailer", str),
}
_BOX_OFFICE: dict[str, tuple[str, Callable[[str], object]]] = {
    "budget": ("budget", _values.dollars),
    "domestic gross": ("domestic", _values.dollars),
    "worldwide gross": ("worldwide", _values.dollars),
    "as of": ("as_of", str),
}
_OTHER_NAMES = {
    "directors": "director",
    "directed by": "director",
    "genres": "genre",
    "countries": "country",
    "languages": "language",
    "year": "release year",
    "release date": "released",
    "length": "runtime",
    "running time": "runtime",
    "imdb": "imdb rating",
    "imdb score": "imdb rating",
    "aka": "also known as",
    "domestic": "domestic gross",
    "domestic box office": "domestic gross",
    "worldwide": "worldwide gross",
    "worldwide box office": "worldwide gross",
}


def fact_name(key: str) -> str | None:
    """Return the name that the format has for a key of the overview or the box office."""
    name = fold(key.partition("(")[0])
    name = _OTHER_NAMES.get(name, name)
    return name if name in _OVERVIEW or name in _BOX_OFFICE else None


def overview(desk: Desk, found: Tokens) -> tuple[Overview, Facts]:
    """Return the overview, and `title` and `year`, which belong to the film, as far as they stand here."""
    facts = _facts(desk, found, ("overview",), _OVERVIEW, Overview)
    own = {key: facts.pop(key) for key in ("title", "year") if key in facts}
    for token in found:
        if token.kind != "bullet":
            desk.put_aside(token, "Write each fact as “- Key: value”.", ("overview",))
    return Overview.model_validate(facts), own


def box_office(desk: Desk, found: Tokens) -> BoxOffice:
    facts = _facts(desk, found, ("box_office",), _BOX_OFFICE, BoxOffice)
    notes = desk.texts([token for token in found if token.kind != "bullet"], ("box_office", "notes"))
    return BoxOffice.model_validate(facts | {"notes": notes})


def _facts(
    desk: Desk,
    found: Tokens,
    place: Place,
    known: dict[str, tuple[str, Callable[[str], object]]],
    model: type[Overview] | type[BoxOffice],
) -> Facts:
    facts: Facts = {}
    for token in found:
        if token.kind != "bullet":
            continue
        try:
            field, value = _fact(token, known)
            if field in facts:
                raise Malformed("Keep one line for this; it stands here twice.")  # noqa: TRY301
            facts[field] = value if field in {"title", "year"} else _checked(model, field, value)
            desk.lines[*place, field] = token.line
        except Malformed as problem:
            desk.put_aside(token, str(problem), place)
        except ValidationError:
            desk.put_aside(token, OUT_OF_RANGE, place)
    return facts


def _fact(token: Token, known: dict[str, tuple[str, Callable[[str], object]]]) -> tuple[str, object]:
    key, _, rest = token.text.partition(":")
    name = fact_name(key) or ""
    if name not in known or token.is_spoiler:
        raise Malformed("Remove this line or use one of the keys of this section.")
    field, parse = known[name]
    text = rest.strip()
    if not readable(text):
        raise Malformed("Add the missing value, or remove the line.")
    if parse is not _values.a_list:
        text = readable(text)
    value = parse(text)
    if field == "year" and not 1870 <= _values.a_year(text) <= 2100:
        raise Malformed("Write a year from 1870 to 2100.")
    return field, value


def _checked(model: type[Overview] | type[BoxOffice], field: str, value: object) -> object:
    return getattr(model.model_validate({field: value}), field)


def synopsis(desk: Desk, found: Tokens) -> tuple[SynopsisPart, ...]:
    return _parts(
        desk,
        found,
        "synopsis",
        lambda heading, texts, hidden: SynopsisPart(heading=heading, paragraphs=texts, is_spoiler=hidden),
    )


def faq(desk: Desk, found: Tokens) -> tuple[Question, ...]:
    return _parts(
        desk,
        found,
        "faq",
        lambda heading, texts, hidden: Question(question=heading, answer=texts, is_spoiler=hidden),
    )


def _parts(
    desk: Desk, found: Tokens, field: str, build: Callable[[str | None, tuple[str, ...], bool], T]
) -> tuple[T, ...]:
    """Gather headed parts; a paragraph's own `{spoiler}` hides its whole part."""
    kept: list[T] = []
    for heading, below in _headed(found):
        paragraphs = [token for token in below if token.kind == "paragraph" and readable(token.text)]
        for token in below:
            if token.kind != "paragraph":
                desk.put_aside(token, "Write plain paragraphs below a “###” heading.", (field,))
        if not paragraphs:
            if heading is not None:
                desk.put_aside(heading, "Write the text of this heading, or remove it.", (field,))
            continue
        first = heading or paragraphs[0]
        if heading is None and field == "faq":
            desk.report("Put a “###” heading with the question above this answer.", first.line, (field,))
        desk.lines[field, len(kept)] = first.line
        title = None if heading is None or heading.text == UNKNOWN_HEADING else readable(heading.text) or None
        hidden = any(token.is_spoiler for token in (first, *paragraphs))
        kept.append(build(title, tuple(readable(token.text) for token in paragraphs), hidden))
    return tuple(kept)


def _headed(found: Tokens) -> list[tuple[Token | None, list[Token]]]:
    parts: list[tuple[Token | None, list[Token]]] = [(None, [])]
    for token in found:
        if token.kind == "heading":
            parts.append((token, []))
        else:
            parts[-1][1].append(token)
    return parts


def quotes(desk: Desk, found: Tokens) -> tuple[Quote, ...]:
    kept = desk.entries(found, ("quotes",), _entries.quote)
    _report_open(desk, found, _entries.leaves_quote_open, ("quotes",))
    return kept


def _report_open(desk: Desk, found: Tokens, is_open: Callable[[Token, bool], bool], place: Place) -> None:
    for token in found:
        try:
            if token.kind == "bullet" and is_open(token, desk.loose):
                desk.report(_UNCLOSED, token.line, place)
        except Malformed:
            continue  # said when the entry was parsed


def reviews(desk: Desk, found: Tokens) -> Reviews:
    parts: dict[ReviewPart, list[Token]] = {}
    for heading, below in _headed(found):
        part = review_part(heading.text) if heading else ("house" if desk.loose else None)
        if part is None or (heading and heading.is_spoiler):
            for token in ([heading] if heading else []) + below:
                desk.put_aside(token, "Put this below one of the known “###” headings.", ("reviews",))
            continue
        if heading:
            if ("reviews", part) in desk.lines:
                desk.report("Join the two parts with this heading.", heading.line, ("reviews", part))
            desk.lines.setdefault(("reviews", part), heading.line)
        parts.setdefault(part, []).extend(below)
    return _reviews(desk, parts)


def _reviews(desk: Desk, parts: dict[ReviewPart, list[Token]]) -> Reviews:
    critics = parts.get("critics", [])
    _report_open(desk, critics, _entries.leaves_review_open, ("reviews", "critics"))
    return Reviews(
        house=desk.texts(parts.get("house", []), ("reviews", "house")),
        enjoyed_by=_strings(desk, parts.get("enjoyed_by", []), ("reviews", "enjoyed_by")),
        warnings=_strings(desk, parts.get("warnings", []), ("reviews", "warnings")),
        critics=desk.entries(critics, ("reviews", "critics"), _entries.critic_review),
        audience=desk.entries(parts.get("audience", []), ("reviews", "audience"), _entries.audience_reaction),
        consensus=desk.texts(parts.get("consensus", []), ("reviews", "consensus")),
    )


def _strings(desk: Desk, found: Tokens, place: Place) -> tuple[str, ...]:
    kept: list[str] = []
    for token in found:
        try:
            if token.kind != "bullet":
                raise Malformed("Start each entry of this section with “- ”.")  # noqa: TRY301
            kept.append(_entries.plain_text(token, loose=desk.loose))
        except Malformed as problem:
            desk.put_aside(token, str(problem), place)
        else:
            desk.lines[*place, len(kept) - 1] = token.line
    return tuple(kept)


def watch(desk: Desk, found: Tokens) -> Watch:
    options: list[WatchOption] = []
    others: list[Token] = []
    for token in found:
        if token.kind != "bullet":
            others.append(token)
            continue
        try:
            option = _entries.watch_option(token)
        except Malformed as problem:
            desk.put_aside(token, str(problem), ("watch",))
        except ValidationError:
            desk.put_aside(token, OUT_OF_RANGE, ("watch",))
        else:
            desk.lines["watch", "options", len(options)] = token.line
            options.append(option)
    return Watch(paragraphs=desk.texts(others, ("watch", "paragraphs")), options=tuple(options))


def soundtrack(desk: Desk, found: Tokens) -> Soundtrack:
    composers: tuple[str, ...] = ()
    tracks: list[Token] = []
    others: list[Token] = []
    for token in found:
        if token.kind != "bullet":
            others.append(token)
        elif (names := _composers(token)) is None:
            tracks.append(token)
        else:
            composers += names
    kept: tuple[Track, ...] = desk.entries(tracks, ("soundtrack", "tracks"), _entries.track)
    return Soundtrack(composers=composers, tracks=kept, paragraphs=desk.texts(others, ("soundtrack", "paragraphs")))


def _composers(token: Token) -> tuple[str, ...] | None:
    key, colon, names = token.text.partition(":")
    is_fact = colon and key[:1] not in _entries.CLOSERS and not token.is_spoiler
    return _values.a_list(names) if is_fact and fold(key) in {"composer", "composers"} else None
