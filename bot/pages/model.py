"""A film and the parts of its page, as frozen values. No reading, writing or showing.

Text is in normal form: NFC, single-spaced, without control characters, never empty where it is required.
Longer texts are tuples of paragraphs. `is_spoiler` marks an entry that nobody sees who has not asked for it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.pages.sections import SECTIONS, section

URL_LIMIT = 500  # characters
_SPACE = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"  # needed inside emoji and some scripts


def normal(text: str) -> str:
    """Return `text` as the model keeps it: NFC, single-spaced, no control, bidi or lone surrogate characters."""
    kept = _SPACE.sub(" ", text)
    if not kept.isprintable():  # most texts are, and 1 MB of them is to be read at once
        kept = "".join(char for char in kept if char in _JOINERS or not _is_invisible(char))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", kept)).strip(_JOINERS + " ")


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}


def _normal_if_text(value: object) -> object:
    return normal(value) if isinstance(value, str) else value


def _with_letters(value: str) -> str:
    if not any(char.isprintable() and not char.isspace() for char in value):
        msg = "text without a visible character"
        raise ValueError(msg)
    return value


def _web_address(value: str) -> str:
    if normal(value) != value or not re.fullmatch(r"https?://[^\s<>\"'()\[\]\\|]+", value):
        msg = "a link starts with https:// and holds no spaces, quotes or brackets"
        raise ValueError(msg)
    return value


Text = Annotated[str, BeforeValidator(_normal_if_text), StringConstraints(min_length=1), AfterValidator(_with_letters)]
Paragraphs = tuple[Text, ...]
Url = Annotated[str, StringConstraints(max_length=URL_LIMIT), AfterValidator(_web_address)]
Year = Annotated[int, Field(ge=1870, le=2100)]
AsOf = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$")]  # a year, or year and month
Dollars = Annotated[int, Field(ge=0, le=100_000_000_000)]  # whole US dollars


class Part(BaseModel):
    """What every part of a page has in common: it cannot be changed and knows no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Part):
    """A part of a list that can be hidden by itself."""

    is_spoiler: bool = False


class ImdbRating(Part):
    rating: Annotated[Decimal, Field(ge=0, le=10, decimal_places=1)]  # out of ten
    votes: Annotated[int, Field(ge=0)] | None = None
    as_of: AsOf | None = None


class TomatoRating(Part):
    percent: Annotated[int, Field(ge=0, le=100)]  # share of positive reviews by critics
    as_of: AsOf | None = None


class Overview(Part):
    trailer: Url | None = None
    poster: Url | None = None
    imdb_id: Annotated[str, StringConstraints(pattern=r"^tt[0-9]{7,9}$")] | None = None
    original_title: Text | None = None
    also_known_as: tuple[Text, ...] = ()
    directors: tuple[Text, ...] = ()
    genres: tuple[Text, ...] = ()
    countries: tuple[Text, ...] = ()
    languages: tuple[Text, ...] = ()
    released: date | None = None  # first public release
    runtime: Annotated[int, Field(ge=1, le=6_000)] | None = None  # minutes
    imdb: ImdbRating | None = None
    tomatoes: TomatoRating | None = None


class Line(Entry):
    """One line of text: a badly explained plot, a fact from behind the scenes, a content warning."""

    text: Text


class SynopsisPart(Entry):
    heading: Text | None = None
    paragraphs: Annotated[Paragraphs, Field(min_length=1)]


class Role(Entry):
    """Who plays whom; at least one of the two is known."""

    character: Text | None = None
    actor: Text | None = None
    about: Text | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Refuse a role of nobody by nobody (ValueError)."""
        if self.character is None and self.actor is None:
            msg = "a role needs a character or an actor"
            raise ValueError(msg)


class Quote(Entry):
    words: Text  # without the marks around them
    speaker: Text | None = None
    context: Text | None = None


class BoxOffice(Part):
    """Takings in whole US dollars as reported, not adjusted for inflation."""

    budget: Dollars | None = None
    domestic: Dollars | None = None  # United States and Canada
    worldwide: Dollars | None = None
    as_of: AsOf | None = None
    notes: Paragraphs = ()


class CriticReview(Entry):
    critic: Text  # a person or an outlet
    text: Text
    is_quote: bool = False  # the critic's own words


class AudienceReaction(Entry):
    headline: Text
    text: Text | None = None


class Reviews(Part):
    house: Paragraphs = ()
    enjoyed_by: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()  # what the film shows, never how it goes on
    critics: tuple[CriticReview, ...] = ()
    audience: tuple[AudienceReaction, ...] = ()
    consensus: Paragraphs = ()


class Award(Entry):
    name: Text  # the body or the prize: Academy Award
    category: Text | None = None
    year: Year | None = None  # of the ceremony
    result: Literal["won", "nominated"] | None = None
    recipients: tuple[Text, ...] = ()


class WatchOption(Part):
    kind: Literal["stream", "rent", "buy", "disc"]
    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None  # ISO 3166-1 alpha-2
    providers: Annotated[tuple[Text, ...], Field(min_length=1)]
    as_of: AsOf | None = None


class Watch(Part):
    paragraphs: Paragraphs = ()
    options: tuple[WatchOption, ...] = ()


class SimilarFilm(Entry):
    title: Text
    year: Year | None = None
    why: Text | None = None


class LinkedItem(Entry):
    """A product or a video: a title, what it is, and where it is."""

    title: Text
    about: Text | None = None
    url: Url | None = None


class Track(Entry):
    title: Text
    artist: Text | None = None


class Soundtrack(Part):
    composers: tuple[Text, ...] = ()
    tracks: tuple[Track, ...] = ()
    paragraphs: Paragraphs = ()


class Question(Entry):
    """A question people ask; a pasted page may hold the answer alone."""

    question: Text | None = None
    answer: Annotated[Paragraphs, Field(min_length=1)]


class Film(Part):
    """A film and all that its page says. A film of the index has no more than its facts."""

    title: Text
    year: Year | None = None  # of the first release
    overview: Overview = Overview()
    badly_explained: tuple[Line, ...] = ()
    synopsis: tuple[SynopsisPart, ...] = ()
    ending: Paragraphs = ()
    cast: tuple[Role, ...] = ()
    quotes: tuple[Quote, ...] = ()
    box_office: BoxOffice = BoxOffice()
    reviews: Reviews = Reviews()
    awards: tuple[Award, ...] = ()
    behind_the_scenes: tuple[Line, ...] = ()
    watch: Watch = Watch()
    similar: tuple[SimilarFilm, ...] = ()
    products: tuple[LinkedItem, ...] = ()
    soundtrack: Soundtrack = Soundtrack()
    faq: tuple[Question, ...] = ()
    bonus: tuple[LinkedItem, ...] = ()

    @property
    def name(self) -> str:
        """The title with its year, as people write it: `Leaving Las Vegas (1995)`."""
        return self.title if self.year is None else f"{self.title} ({self.year})"

    def has(self, key: str) -> bool:
        """Tell whether the section `key` of bot.pages.sections holds anything; KeyError when there is none."""
        match key:
            case "trailer":
                return self.overview.trailer is not None
            case "warnings":
                return bool(self.reviews.warnings)
            case "overview":
                return self.year is not None or self.overview != Overview()
            case _:
                field = section(key).field
                return field is not None and getattr(self, field) != Film.model_fields[field].default

    def filled(self) -> Iterator[str]:
        """Yield the keys of the sections that hold something, in page order."""
        return (section.key for section in SECTIONS if self.has(section.key))
