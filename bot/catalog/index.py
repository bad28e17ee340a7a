"""The fact index: films that have no page yet, one JSON line each. Reads and builds the file, no more."""

import gzip
import math
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from bot.pages.model import Award, BoxOffice, Film, Overview, Role

CAST_LIMIT = 10  # roles kept of each film
ALWAYS = frozenset({("Leaving Las Vegas", 1995)})  # in every index, whatever its fame

_T = TypeVar("_T")
_GZIP_MAGIC = b"\x1f\x8b"
_FACTS = frozenset({"title", "year", "overview", "cast", "box_office", "awards"})
_ARTICLES = "The|A|An|Le|La|Les|L'|Un|Une|Der|Die|Das|Ein|Eine|Il|Lo|Gli|El|Los|Las|Det|Den|De|En|Het|O|Os|As"
_TURNED = re.compile(rf"^(?P<rest>.+?)[,;] ?(?P<article>{_ARTICLES})$")
_SUFFIX = re.compile(r",\s+(?=(?:Jr|Sr|Inc|Ltd)\b)")  # belongs to the name before the comma
_AWARD_NAME = re.compile(r"^(?P<name>.+?)(?: for (?=[A-Z])|: )(?P<category>.+)$")

# Titles and years as most people know them, by IMDb id; the collected title stays as a further one.
_CORRECTED = {
    "tt0046911": ("Les Diaboliques", 1955),
    "tt0055032": ("Jules and Jim", 1962),
    "tt0060176": ("Blow-Up", 1966),
    "tt0063462": ("The Producers", 1967),
    "tt0072443": ("Mirror", 1975),
    "tt0075265": ("A Star Is Born", 1976),
    "tt0078788": ("Apocalypse Now", 1979),
    "tt0079470": ("Monty Python's Life of Brian", 1979),
    "tt0114369": ("Se7en", 1995),
    "tt0116147": ("Drive", 1997),
    "tt0443453": ("Borat", 2006),
    "tt2278388": ("The Grand Budapest Hotel", 2014),
    "tt5311514": ("Your Name", 2016),
    "tt9770150": ("Nomadland", 2020),
}
# What is said of a film and is not so, with what to say instead: nothing, where the right value is not sure.
_NO_MONEY: dict[str, object] = {"budget_usd": None, "domestic_gross_usd": None, "worldwide_gross_usd": None}
_MENDED: dict[tuple[str, int], dict[str, object]] = {
    ("A Fistful of Dollars", 1964): {"directors": ("Sergio Leone",)},
    ("A Nightmare on Elm Street", 1984): {"directors": ("Wes Craven",), **_NO_MONEY},
    ("Apocalypse Now", 1979): {"directors": ("Francis Ford Coppola",), "aka": (), "runtime_min": None},
    ("Beauty and the Beast", 1991): {"directors": ("Gary Trousdale", "Kirk Wise")},
    ("Black Panther", 2018): {"release_date": None},
    ("Cinderella", 2015): {"directors": ("Kenneth Branagh",)},
    ("Dune", 2021): {"languages": ()},
    ("Hamlet", 1996): _NO_MONEY,
    ("Iron Man", 2008): {"directors": ("Jon Favreau",)},
    ("Jaws", 1975): {"budget_usd": None, "runtime_min": None},
    ("RoboCop", 1987): _NO_MONEY,
    ("Roma", 2018): {"countries": (), **_NO_MONEY},
    ("Seven Samurai", 1954): _NO_MONEY,
    ("Sherlock Jr.", 1924): {"directors": ("Buster Keaton",), "runtime_min": None},
    ("Spirited Away", 2001): {"domestic_gross_usd": None, "worldwide_gross_usd": None},
    ("The Handmaiden", 2016): {"cast": ()},
    ("The Wizard of Oz", 1939): {"directors": ("Victor Fleming",)},
    ("Wings", 1927): {"directors": ("William A. Wellman",)},
    ("Young Frankenstein", 1974): {"directors": ("Mel Brooks",)},
}
# The running time given is that of another cut, or plainly wrong.
_WRONG_RUNTIMES = frozenset(
    {
        ("2001: A Space Odyssey", 1968),
        ("3 Idiots", 2009),
        ("A Trip to the Moon", 1902),
        ("Aliens", 1986),
        ("Almost Famous", 2000),
        ("Amadeus", 1984),
        ("American Beauty", 1999),
        ("Avatar", 2009),
        ("Ben-Hur", 1959),
        ("Chicago", 2002),
        ("Children of Paradise", 1945),
        ("Cinema Paradiso", 1988),
        ("Come and See", 1985),
        ("Dances with Wolves", 1990),
        ("Das Boot", 1981),
        ("Dilwale Dulhania Le Jayenge", 1995),
        ("Do the Right Thing", 1989),
        ("Downfall", 2004),
        ("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964),
        ("E.T. the Extra-Terrestrial", 1982),
        ("Fanny and Alexander", 1982),
        ("Fight Club", 1999),
        ("Forrest Gump", 1994),
        ("Frankenstein", 1931),
        ("Freaks", 1932),
        ("Grease", 1978),
        ("Halloween", 2007),
        ("It Happened One Night", 1934),
        ("Lawrence of Arabia", 1962),
        ("Léon: The Professional", 1994),
        ("M", 1931),
        ("Metropolis", 1927),
        ("Nosferatu", 1922),
        ("Once Upon a Time in America", 1984),
        ("Once Upon a Time in the West", 1968),
        ("Pulp Fiction", 1994),
        ("Rebel Without a Cause", 1955),
        ("Schindler's List", 1993),
        ("Shaun of the Dead", 2004),
        ("Sholay", 1975),
        ("Sunrise: A Song of Two Humans", 1927),
        ("Sunset Boulevard", 1950),
        ("Superman", 1978),
        ("Terminator 2: Judgment Day", 1991),
        ("The 400 Blows", 1959),
        ("The Bridge on the River Kwai", 1957),
        ("The Cabinet of Dr. Caligari", 1920),
        ("The Good, the Bad and the Ugly", 1966),
        ("The Kid", 1921),
        ("The Lord of the Rings: The Return of the King", 2003),
        ("The Red Shoes", 1948),
        ("The Ring", 2002),
        ("The Texas Chain Saw Massacre", 1974),
        ("The Third Man", 1949),
        ("To Kill a Mockingbird", 1962),
        ("Toy Story", 1995),
        ("When Harry Met Sally...", 1989),
    }
)
_LANGUAGES = {  # None: not a language
    "American English": "English",
    "American Sign": "American Sign Language",
    "Farsi, Western": "Persian",
    "France": None,
    "French Sign": "French Sign Language",
    "Khmer, Central": "Khmer",
    "Mandarin Chinese": "Mandarin",
    "Standard Cantonese": "Cantonese",
    "Standard Tibetan": "Tibetan",
    "Tibetans": "Tibetan",
    "𐐖𐐲𐑉𐑋𐑌𐐲": None,
}
_COUNTRIES = {"Kingdom of Italy": "Italy", "Malayalam Language": None, "Slovak Republic": "Slovakia"}
_OSCARS = {
    "Actor In A Leading Role": "Best Actor",
    "Actor In A Supporting Role": "Best Supporting Actor",
    "Actress In A Leading Role": "Best Actress",
    "Actress In A Supporting Role": "Best Supporting Actress",
    "Directing": "Best Director",
    "Music (Original Score)": "Best Original Score",
    "Music (Original Song)": "Best Original Song",
    "Writing (Adapted Screenplay)": "Best Adapted Screenplay",
    "Writing (Original Screenplay)": "Best Original Screenplay",
    "Writing (Original Story)": "Best Original Story",
}


class BadIndexError(Exception):
    """A line of an index, or of the facts it is built from, cannot be used."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")
        self.line = line


@dataclass(frozen=True, slots=True)
class IndexedFilm:
    """A film with nothing but its facts; `fame` is its rank in the index, 1 the best known."""

    film: Film
    fame: Annotated[float, Field(ge=0, le=1)]


class CastFact(BaseModel):
    actor: str | None = None
    character: str | None = None


class AwardFact(BaseModel):
    body: str
    category: str
    year: int | None = None
    won: bool
    recipients: Annotated[str | None, Field(alias="for")] = None  # names with commas between them


class FilmRecord(BaseModel):
    """One line of the collected facts; what the index has no use for is ignored."""

    title: str
    year: int
    original_title: str | None = None
    aka: tuple[str, ...] = ()
    imdb_id: str | None = None
    wikidata_id: str | None = None
    directors: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    release_date: date | None = None
    runtime_min: int | None = None
    cast: tuple[CastFact, ...] = ()
    budget_usd: int | None = None
    domestic_gross_usd: int | None = None
    worldwide_gross_usd: int | None = None
    awards: tuple[AwardFact, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """Title and year as the index has them."""
        return _CORRECTED.get(self.imdb_id or "", (natural_title(self.title), self.year))


_INDEXED = TypeAdapter(IndexedFilm)
_RECORD = TypeAdapter(FilmRecord)


def read_index(path: Path) -> Iterator[IndexedFilm]:
    """Yield the films of the index at `path`, gzipped or plain; BadIndexError at the first bad line."""
    for number, indexed in _lines(path, _INDEXED):
        if beyond := indexed.film.model_fields_set - _FACTS:
            raise BadIndexError(path, number, f"more than facts: {', '.join(sorted(beyond))}")
        yield indexed


def build_index(source: Path, target: Path, limit: int, wanted: Collection[tuple[str, int]] = ()) -> int:
    """Write the `limit` best-known films of `source` to `target` and return how many they are.

    Films whose (title, year) is in `wanted` take the first places, however little is known of them. The same
    facts give the same bytes. A target called `*.gz` is gzipped.
    """
    sure = ALWAYS.union(wanted)
    collected = _without_shared_money([record for _, record in _lines(source, _RECORD)])
    records = [record for record in collected if record.key in sure or not _is_pornographic(record)]
    records.sort(key=lambda record: (-fame(record), record.key, record.imdb_id or ""))
    chosen = _distinct(sorted(records, key=lambda record: record.key not in sure), limit)
    chosen.sort(key=lambda record: (-fame(record), record.key))
    indexed = [IndexedFilm(_film(record), round(1 - place / len(chosen), 4)) for place, record in enumerate(chosen)]
    indexed.sort(key=lambda one: (one.film.title, one.film.year or 0, one.film.overview.directors))
    _write(target, indexed)
    return len(indexed)


def fame(record: FilmRecord) -> float:
    """Return how well known a film seems to be, on a scale that only ranks.

    The facts hold no count of viewers. How many sources name the film and how much is known of its cast, its
    takings and its awards together follow public vote counts (rank correlation about 0.67).
    """
    money = max(record.worldwide_gross_usd or 0, record.domestic_gross_usd or 0, record.budget_usd or 0)
    honours = sum(2 if award.won else 1 for award in record.awards)
    return (
        len(record.sources)
        + min(len(record.cast), CAST_LIMIT) / 5
        + (record.wikidata_id is not None)
        + max(0.0, math.log10(money + 1) - 5)  # nothing below 100,000 dollars counts
        + math.log2(1 + honours) / 2
    )


def natural_title(title: str) -> str:
    """Return a title from a catalog in the order people say it: `Lost Weekend, The` is `The Lost Weekend`."""
    turned = _TURNED.match(title)
    if turned is None:
        return title
    article, rest = turned["article"], turned["rest"]
    return f"{article}{rest}" if article.endswith("'") else f"{article} {rest}"


def _lines(path: Path, shape: TypeAdapter[_T]) -> Iterator[tuple[int, _T]]:
    number = 1
    try:
        with path.open("rb") as raw:
            is_gzip = raw.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC)
            for line in gzip.GzipFile(fileobj=raw) if is_gzip else raw:
                if line.strip():
                    yield number, shape.validate_json(line)
                number += 1
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise BadIndexError(path, number, f"{place}: {first['msg']}") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BadIndexError(path, number, "the gzip file is damaged") from error


def _write(target: Path, films: Iterable[IndexedFilm]) -> None:
    lines = b"".join(_INDEXED.dump_json(one, exclude_defaults=True) + b"\n" for one in films)
    target.write_bytes(gzip.compress(lines, mtime=0) if target.suffix == ".gz" else lines)


def _distinct(records: Iterable[FilmRecord], limit: int) -> list[FilmRecord]:
    """Return the first `limit` records that are not the same film over again."""
    seen: set[object] = set()
    kept: list[FilmRecord] = []
    for record in records:
        # Without a director, nothing tells a record from the better-known film of the same name and year.
        mark = (record.key, record.directors) if record.directors else record.key
        if len(kept) < limit and mark not in seen and (record.imdb_id or mark) not in seen:
            seen |= {record.key, (record.key, record.directors), record.imdb_id or mark}
            kept.append(record)
    return kept


def _without_shared_money(records: list[FilmRecord]) -> list[FilmRecord]:
    """Return the records without money that a namesake has as well: one of the two is not right."""
    figures = Counter(figure for record in records for figure in _figures(record))
    return [
        record.model_copy(update=_NO_MONEY) if any(figures[figure] > 1 for figure in _figures(record)) else record
        for record in records
    ]


def _figures(record: FilmRecord) -> list[tuple[str, str, int]]:
    title = record.key[0].casefold()
    figures = (("budget", record.budget_usd), ("domestic", record.domestic_gross_usd))
    return [(title, name, amount) for name, amount in figures if amount]


def _is_pornographic(record: FilmRecord) -> bool:
    # As a genre "Erotic" stands for pornography; as a tag also for dramas, which Wikidata knows.
    return "Erotic" in record.genres or ("Erotic" in record.tags and record.wikidata_id is None)


def _film(record: FilmRecord) -> Film:
    """Return the facts of `record` as the model has them, without those that are likely to be wrong."""
    record = _mended(record)
    title, year = record.key
    names = (natural_title(name) for name in (record.title, *record.aka))
    return Film(
        title=title,
        year=year,
        overview=Overview(
            imdb_id=record.imdb_id,
            original_title=record.original_title if record.original_title != title else None,
            also_known_as=_once(name for name in names if name != title),
            directors=_once(record.directors),
            genres=_once(record.genres),
            countries=_once(_COUNTRIES.get(name, name) for name in record.countries),
            languages=_once(_LANGUAGES.get(name, name) for name in record.languages),
            released=record.release_date,
            runtime=record.runtime_min,
        ),
        cast=_cast(record),
        box_office=BoxOffice(
            budget=record.budget_usd, domestic=record.domestic_gross_usd, worldwide=record.worldwide_gross_usd
        ),
        awards=_once(_award(fact) for fact in record.awards),
    )


def _mended(record: FilmRecord) -> FilmRecord:
    changes: dict[str, object] = {}
    if not record.domestic_gross_usd:
        # A gross that stands alone is as often the domestic one, a lone budget from abroad in other money.
        changes |= {"domestic_gross_usd": None, "worldwide_gross_usd": None}
        if "United States" not in record.countries:
            changes["budget_usd"] = None
    elif record.worldwide_gross_usd == record.domestic_gross_usd:
        changes["worldwide_gross_usd"] = None  # repeated because nothing else was known
    day = record.release_date
    if day is not None and (abs(day.year - record.key[1]) > 1 or (day.month, day.day) == (1, 1)):
        changes["release_date"] = None  # of another film, or a year that was written as its first day
    if record.key in _WRONG_RUNTIMES:
        changes["runtime_min"] = None
    return record.model_copy(update=changes | _MENDED.get(record.key, {}))


def _cast(record: FilmRecord) -> tuple[Role, ...]:
    roles = _once(
        Role(actor=fact.actor, character=fact.character) for fact in record.cast if fact.actor or fact.character
    )
    return roles[:CAST_LIMIT]


def _award(fact: AwardFact) -> Award | None:
    result = "won" if fact.won else "nominated"
    if fact.body == "Wikidata":  # the whole name stands in the category, without year and people
        named = _AWARD_NAME.match(fact.category)
        name, category = (named["name"], named["category"]) if named else (fact.category, None)
        # The Oscars are complete from another source, with year and people.
        return None if name.startswith("Academy Award") else Award(name=name, category=category, result=result)
    return Award(
        name=fact.body.removesuffix("s"),
        category=_oscar_category(fact.category),
        year=fact.year,
        result=result,
        recipients=_once(_SUFFIX.sub(" ", fact.recipients or "").replace('\\"', '"').split(", ")),
    )


def _oscar_category(category: str) -> str:
    if category in _OSCARS:
        return _OSCARS[category]
    plain = re.sub(r"\b(?:And|Or|In|A)\b", lambda word: word[0].lower(), category)
    return plain if re.match(r"Best |.*Award", plain) else f"Best {plain}"


def _once(values: Iterable[_T | None]) -> tuple[_T, ...]:
    """Return the values in their order, each once, without the empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))
