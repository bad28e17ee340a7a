"""The page doctor: gaps, contradictions, links and spoilers outside the ending. Changes no page and reads no text."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.pages.findings import Finding, Place, Severity, in_order
from bot.pages.model import (
    AudienceReaction,
    Award,
    CriticReview,
    Entry,
    Film,
    Line,
    LinkedItem,
    Question,
    Quote,
    Role,
    SimilarFilm,
    SynopsisPart,
    Track,
)
from bot.pages.sections import HEADED

TRAILER_HOSTS = frozenset(
    {
        "youtube.com",
        "www.youtube.com",
        "youtu.be",
        "m.youtube.com",
        "vimeo.com",
        "www.vimeo.com",
        "player.vimeo.com",
    }
)
POSTER_HOSTS = frozenset({"image.tmdb.org", "upload.wikimedia.org", "m.media-amazon.com"})
SHARED_WORDS = 6  # a run of this many words that the ending has too gives it away
NO_LINES: Mapping[Place, int] = MappingProxyType({})

_WHO = r"(?:himself|herself|themselves|him|her|them|(?-i:[A-Z])\w+)"
_SELF = r"(?:himself|herself|themselves)"
_OFTEN = r"(?:(?:finally|eventually|ultimately|later|then|also|brutally|accidentally|fatally) ){0,2}"
_NOT = r"(?:does not|doesn[’']t|do not|don[’']t)"
# The present tense tells what happens in the film, the past what came before it, an infinitive what someone wants.
_FATES = (
    r"(?<!never )dies\b",
    r"passes away\b",
    r"perishes\b",
    rf"(?:is|are|gets|get) {_OFTEN}(?:killed|murdered|shot dead|stabbed|executed|strangled|beheaded)\b",
    rf"(?:kills|murders|strangles) {_WHO}\b",
    rf"(?:hangs|drowns|shoots|poisons|sacrifices) {_SELF}\b",
    rf"drinks {_SELF} to death\b",
    r"bleeds to death\b",
    r"(?:takes|ends) (?:his|her|their) own li(?:fe|ves)\b",
    r"commits suicide\b",
    r"survives\b",
    rf"{_NOT} survive\b",
    r"ends up dead\b",
    r"dead all along\b",
    r"turns? out (?:to be|to have|that)\b",
    r"the (?:real |true )?(?:killer|murderer|culprit|traitor) (?:is|was|turns)\b",
    rf"(?:is|are) {_OFTEN}revealed (?:to be|to have|as|that)\b",
    r"ends with\b",
    r"(?:film|movie|story) (?:ends|closes|concludes)\b",
    r"(?:at the end of|in the (?:final|last|closing) scene of) the (?:film|movie|story)\b",
    r"how does (?:the (?:film|movie|story)|it) end\b",
)
_FATE = re.compile(rf"\b(?:{'|'.join(_FATES)})", re.IGNORECASE)
_TELLING: dict[type[Entry], tuple[str, ...]] = {
    Line: ("text",),
    SynopsisPart: ("heading", "paragraphs"),
    Role: ("about",),
    Quote: ("words", "context"),
    CriticReview: ("text",),
    AudienceReaction: ("headline", "text"),
    Award: (),
    SimilarFilm: ("why",),
    LinkedItem: ("title", "about"),
    Track: ("title",),
    Question: ("question", "answer"),
}
_WORD = re.compile(r"\w+")


def is_trailer_allowed(url: str) -> bool:
    """Tell whether a trailer stands on a host that Discord plays from."""
    return _host(url, {"http", "https"}) in TRAILER_HOSTS


def is_poster_allowed(url: str) -> bool:
    """Tell whether a poster stands, by https, on a host that is known to serve posters."""
    return _host(url, {"https"}) in POSTER_HOSTS


def _host(url: str, schemes: Collection[str]) -> str | None:
    try:
        parts = urlsplit(url)
        is_plain = parts.username is None and parts.port is None
    except ValueError:
        return None
    return parts.hostname if parts.scheme in schemes and is_plain else None


def examine(
    film: Film,
    lines: Mapping[Place, int] = NO_LINES,
    *,
    stated: Collection[str] = (),
    pasted: bool = False,
) -> tuple[Finding, ...]:
    """Return what a film's page lacks or should not say, by line.

    `stated` holds the keys of sections that say of themselves that they are empty. In a `pasted` page missing
    links and a missing trailer are gaps too; a page in own format leaves them out on purpose.
    """
    found = [*_gaps(film, stated), *_odd_figures(film), *_incomplete(film), *_unmarked(film), *_hosts(film)]
    if pasted:
        found += _missing_links(film)
    return in_order(Finding(severity, message, _line(place, lines), place) for severity, message, place in found)


Note = tuple[Severity, str, Place]


def _line(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a place, or of the nearest part of the page that holds it."""
    for length in range(len(place), 0, -1):
        if (line := lines.get(place[:length])) is not None:
            return line
    return None


def _gaps(film: Film, stated: Collection[str]) -> Iterator[Note]:
    for section in HEADED:
        if section.field and section.key not in stated and not film.has(section.key):
            message = f"Fill the section “{section.title}”, or state that nothing is recorded."
            yield "warning", message, (section.field,)


def _odd_figures(film: Film) -> Iterator[Note]:
    domestic, worldwide = film.box_office.domestic, film.box_office.worldwide
    if domestic is None or worldwide is None:
        return
    if worldwide < domestic:
        yield (
            "error",
            "Correct the gross; worldwide is less than domestic.",
            ("box_office", "worldwide"),
        )
    elif worldwide == domestic:
        message = "Check which of the two is meant; domestic and worldwide gross are equal."
        yield "warning", message, ("box_office", "worldwide")


def _incomplete(film: Film) -> Iterator[Note]:
    for at, question in enumerate(film.faq):
        if question.question is None:
            yield "warning", "Add the question to this answer.", ("faq", at)
    for at, quote in enumerate(film.quotes):
        if quote.speaker is None:
            yield "warning", "Add who says this quote.", ("quotes", at)
    for at, award in enumerate(film.awards):
        if award.year is None:
            yield "warning", "Add the year of this award.", ("awards", at)
    if film.soundtrack.paragraphs and not film.soundtrack.tracks:
        yield "warning", "Add the tracks; the soundtrack has text but no tracks.", ("soundtrack",)


def _missing_links(film: Film) -> Iterator[Note]:
    if film.overview.trailer is None:
        yield "warning", "Add a link to the trailer.", ("overview", "trailer")
    for field, items in (("products", film.products), ("bonus", film.bonus)):
        if missing := sum(item.url is None for item in items):
            yield "warning", f"Add links here; {missing} of {len(items)} have none.", (field,)


def _hosts(film: Film) -> Iterator[Note]:
    trailer, poster = film.overview.trailer, film.overview.poster
    if trailer is not None and not is_trailer_allowed(trailer):
        yield "warning", "Link the trailer on YouTube or Vimeo.", ("overview", "trailer")
    if poster is not None and not is_poster_allowed(poster):
        hosts = ", ".join(sorted(POSTER_HOSTS))
        yield "warning", f"Link a poster with https on one of {hosts}.", ("overview", "poster")


def _unmarked(film: Film) -> Iterator[Note]:
    gives_away = _judge(film)
    for place in suspects(film):
        yield "warning", "Mark this with {spoiler} or reword it; it seems to tell the ending.", place
    for field, texts in _always_seen(film):
        for at, text in enumerate(texts):
            if gives_away(text):
                yield "warning", "Move this to the ending or reword it; it seems to tell it.", (*field, at)


def suspects(film: Film) -> Iterator[Place]:
    """Yield the places of entries that seem to tell the ending and are not marked as spoilers."""
    gives_away = _judge(film)
    for field, listed in _entries(film):
        for at, entry in enumerate(listed):
            if not entry.is_spoiler and any(gives_away(text) for text in _texts(entry)):
                yield (*field, at)


def mark_spoilers(film: Film, places: Collection[Place]) -> Film:
    """Return the film with the entries at `places` marked as spoilers."""
    marked: dict[str, object] = {}
    reviews, soundtrack = film.reviews, film.soundtrack
    for field, listed in _entries(film):
        if not any((*field, at) in places for at in range(len(listed))):
            continue
        entries = tuple(
            entry.model_copy(update={"is_spoiler": entry.is_spoiler or (*field, at) in places})
            for at, entry in enumerate(listed)
        )
        match field:
            case ("reviews", str(part)):
                reviews = reviews.model_copy(update={part: entries})
            case ("soundtrack", str(part)):
                soundtrack = soundtrack.model_copy(update={part: entries})
            case _:
                marked[str(field[0])] = entries
    return film.model_copy(update=marked | {"reviews": reviews, "soundtrack": soundtrack})


def _entries(film: Film) -> Iterator[tuple[Place, Sequence[Entry]]]:
    yield ("badly_explained",), film.badly_explained
    yield ("synopsis",), film.synopsis
    yield ("cast",), film.cast
    yield ("quotes",), film.quotes
    yield ("reviews", "critics"), film.reviews.critics
    yield ("reviews", "audience"), film.reviews.audience
    yield ("awards",), film.awards
    yield ("behind_the_scenes",), film.behind_the_scenes
    yield ("similar",), film.similar
    yield ("products",), film.products
    yield ("soundtrack", "tracks"), film.soundtrack.tracks
    yield ("faq",), film.faq
    yield ("bonus",), film.bonus


def _always_seen(film: Film) -> Iterator[tuple[Place, Sequence[str]]]:
    yield ("box_office", "notes"), film.box_office.notes
    yield ("reviews", "house"), film.reviews.house
    yield ("reviews", "enjoyed_by"), film.reviews.enjoyed_by
    yield ("reviews", "warnings"), film.reviews.warnings
    yield ("reviews", "consensus"), film.reviews.consensus
    yield ("watch", "paragraphs"), film.watch.paragraphs
    yield ("soundtrack", "paragraphs"), film.soundtrack.paragraphs


def _texts(entry: Entry) -> Iterator[str]:
    """Yield what an entry says of the film; names of other films, of people and of prizes say nothing."""
    for name in _TELLING[type(entry)]:
        value = getattr(entry, name)
        if isinstance(value, str):
            yield value
        elif value is not None:
            yield from value


def _judge(film: Film) -> Callable[[str], bool]:
    """Return what tells whether a text gives the ending of this film away."""
    known = {run for paragraph in film.ending for run in _runs(paragraph)} - set(_runs(film.title))

    def gives_away(text: str) -> bool:
        if _FATE.search(text):
            return True
        return bool(known) and any(run in known for run in _runs(text))

    return gives_away


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return (tuple(words[at : at + SHARED_WORDS]) for at in range(len(words) - SHARED_WORDS + 1))
