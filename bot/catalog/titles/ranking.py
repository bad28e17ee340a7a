"""Which films a typed text is like, the likeliest first, and why. Says nothing of what to answer."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.catalog.titles.normal import INITIALISM, STOP_WORDS, light_form
from bot.catalog.titles.shelf import Shelf
from bot.catalog.titles.typed import Reading, cleaned, readings

SHARING = 40  # names looked at because they share letters
STARTING = 15  # names looked at because they hold a word that begins so
FAMILY = 30  # films of a franchise that are looked through
FAME_WEIGHT = 0.13  # of a film's popularity, 0 to 1, in its rank
EXACT_LEAD = 0.12  # rank of an exact name above one that is as like
PHRASE = 0.87  # likeness of a name that holds the text as a phrase
PHRASE_FIRST = 0.03  # more when it begins with it
SAME_WORD = 0.7  # likeness of two words that may be one with slips
RELATED_WORD = 0.6  # likeness of two words below which they have nothing to do with each other
NUMBER_MISSING = 0.20  # less for each number that the name lacks
NUMBER_MORE = 0.03  # less for each number that the text lacks
YEAR_RIGHT, YEAR_NEAR, YEAR_WRONG = 0.08, 0.03, -0.20
KNOWN = 10.0  # popularity of a film that many know
FAR_BETTER_KNOWN = 3.5  # in ln(votes): thirty times the votes

NO_READING = Reading("")

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """A shelf, and the films on it that another one hides."""

    shelf: Shelf
    hidden: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A film with what speaks for it. `rank` orders; `likeness` is 1 for the very name, 0 for nothing in common."""

    film_id: int
    rank: float
    likeness: float
    popularity: float
    year: int | None
    is_exact: bool = False
    is_phrase: bool = False  # the name holds the text, word by word
    lacks_number: bool = False
    is_offered: bool = False  # an initialism or a place in a franchise: it is offered first and never decides
    reading: Reading = NO_READING

    @property
    def has_right_year(self) -> bool:
        """Tell whether a year was typed and is the film's."""
        return self.reading.years_off(self.year) == 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    film_id: int
    form: str
    popularity: float
    year: int | None
    is_alias: bool
    is_exact: bool


def ranked(text: str, sources: Sequence[Source]) -> list[Ranked]:
    """Return the films that the text is like, the likeliest first; none when nothing is readable in it."""
    read = readings(cleaned(text))
    best: dict[int, Ranked] = {}
    for reading in read:
        candidates = _candidates(reading.form, sources)
        for found in _scored(reading, candidates, sources[0].shelf) if candidates else ():
            if found.film_id not in best or found.rank > best[found.film_id].rank:
                best[found.film_id] = found
    films = sorted(best.values(), key=lambda film: -film.rank)
    return _famous_first(_with_offers(cleaned(text), read, films, sources)) if read else []


def _candidates(form: str, sources: Sequence[Source]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for source in sources:
        shelf = source.shelf
        exact = shelf.exact(form)
        sharing = shelf.sharing(form, SHARING)
        starting = [name for name, _ in shelf.starting(form, STARTING) if shelf.aliases[name] != 2]
        certain = set(exact)
        for name in dict.fromkeys((*exact, *sharing, *starting)):
            place = int(shelf.owners[name])
            film_id = int(shelf.film_ids[place])
            if film_id not in source.hidden:
                found.append(
                    _Candidate(
                        film_id,
                        shelf.forms[name],
                        float(shelf.popularity[place]),
                        int(shelf.years[place]) or None,
                        bool(shelf.aliases[name]),
                        name in certain,
                    )
                )
    return found


def _scored(reading: Reading, candidates: Sequence[_Candidate], shelf: Shelf) -> Iterator[Ranked]:
    form, words = reading.form, reading.form.split()
    names = [candidate.form for candidate in candidates]
    bases = _base_likeness(form, names)
    split = [name.split() for name in names]
    vocabulary = {word: at for at, word in enumerate(dict.fromkeys(word for each in split for word in each))}
    alike: list[list[float]] = (process.cdist(words, list(vocabulary), scorer=fuzz.ratio) / 100).tolist()
    weights: list[float] = _weights(words, shelf).tolist()
    rarity: list[float] = shelf.rarity(list(vocabulary)).tolist()
    numbers = {word for word in words if word[0].isdigit()}
    for candidate, base, parts in zip(candidates, bases.tolist(), split, strict=True):
        columns = [vocabulary[word] for word in parts]
        cover, phrase = _cover(
            [[row[at] for at in columns] for row in alike], weights, [rarity[at] for at in columns], parts
        )
        likeness = max(0.55 * base + 0.45 * cover, base if base > 0.9 else 0.0)
        missing = len(numbers.difference(parts))
        is_phrase = (
            phrase >= max(0.78, likeness - 0.02) and base <= 0.9 and not missing and (len(form) >= 5 or len(words) == 1)
        )
        if len(form) >= 4 and not missing:
            likeness = max(likeness, phrase)
        more = 0 if is_phrase else sum(word[0].isdigit() and word not in numbers for word in set(parts))
        likeness -= NUMBER_MISSING * missing + NUMBER_MORE * more
        yield _judged(reading, candidate, likeness, is_phrase=is_phrase, lacks_number=missing > 0)


def _judged(reading: Reading, candidate: _Candidate, likeness: float, *, is_phrase: bool, lacks_number: bool) -> Ranked:
    off = reading.years_off(candidate.year)
    if off is not None:
        likeness += YEAR_RIGHT if off == 0 else YEAR_NEAR if off == 1 else YEAR_WRONG
    rank = likeness + FAME_WEIGHT * candidate.popularity / 14 - 0.01 * candidate.is_alias
    is_exact = candidate.is_exact and (off is None or off <= 1)
    if is_exact:
        rank += EXACT_LEAD if off != 1 else 0.05
        likeness = max(likeness, 1.0)
    return Ranked(
        candidate.film_id,
        rank,
        likeness,
        candidate.popularity,
        candidate.year,
        is_exact=is_exact,
        is_phrase=is_phrase and not is_exact,
        lacks_number=lacks_number,
        reading=reading,
    )


def _base_likeness(form: str, names: Sequence[str]) -> Floats:
    """Return how alike the letters are: as they stand, without spaces, and with the words in order."""
    spaced: Floats = process.cdist([form], names, scorer=fuzz.ratio, dtype=np.float32)[0]
    joined: Floats = process.cdist(
        [form.replace(" ", "")], [name.replace(" ", "") for name in names], scorer=fuzz.ratio, dtype=np.float32
    )[0]
    ordered: Floats = process.cdist([form], names, scorer=fuzz.token_sort_ratio, dtype=np.float32)[0]
    best: Floats = np.maximum(np.maximum(spaced, joined), 0.97 * ordered) / 100
    return best


def _weights(words: Sequence[str], shelf: Shelf) -> Floats:
    """Return how much each typed word counts: the rarer the more, but a short word that no name holds is a slip."""
    known = shelf.knows(words)
    slips = [0.3 if len(word) <= 3 and not is_known else 1.0 for word, is_known in zip(words, known, strict=True)]
    weights: Floats = shelf.rarity(words) * np.array(slips, np.float32)
    return weights


def _cover(
    alike: Sequence[Sequence[float]], weights: Sequence[float], rarity: Sequence[float], parts: Sequence[str]
) -> tuple[float, float]:
    """Return how well text and name cover each other, and the likeness of a phrase: 0 where the words do not follow.

    `alike` has a row for each typed word and a column for each word of the name. Plain lists: they are too small for
    arrays to pay.
    """
    of_text = [max(row) for row in alike]
    of_name = [max(column) for column in zip(*alike, strict=True)]
    covered = _share(of_text, weights)
    phrase = 0.0
    if min(of_text) >= SAME_WORD:
        places = [row.index(best) for row, best in zip(alike, of_text, strict=True)]
        if _follow(places, parts):
            phrase = (PHRASE + PHRASE_FIRST * (places[0] == 0)) * covered
    return covered * (0.8 + 0.2 * _share(of_name, rarity)), phrase


def _share(likenesses: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean of the likenesses, those of different words counted as none."""
    total = sum(weights) or 1.0
    kept = zip(likenesses, weights, strict=True)
    return sum(likeness * weight for likeness, weight in kept if likeness >= RELATED_WORD) / total


def _follow(places: Sequence[int], parts: Sequence[str]) -> bool:
    """Tell whether the words stand one after the other in the name, small words between them left out."""
    for before, after in pairwise(places):
        if after - before != 1 and not (after - before == 2 and parts[before + 1] in STOP_WORDS):
            return False
    return True


def _with_offers(text: str, read: Sequence[Reading], films: list[Ranked], sources: Sequence[Source]) -> list[Ranked]:
    """Put first what an initialism or a number in a franchise may mean."""
    first = _by_initials(text, films, sources) or _by_place(read[0].form, films, sources)
    if not first:
        return films
    known = {film.film_id: film for film in films}
    above = (films[0].rank if films else 0.0) + 1.0
    offers = [
        replace(
            known.get(offer.film_id, offer), rank=above - 0.001 * at, is_offered=True, is_phrase=False, is_exact=False
        )
        for at, offer in enumerate(first)
    ]
    offered = {offer.film_id for offer in offers}
    return [*offers, *(film for film in films if film.film_id not in offered)]


def _by_initials(text: str, films: Sequence[Ranked], sources: Sequence[Source]) -> list[Ranked]:
    letters = light_form(text).replace(" ", "")
    if len(letters) not in INITIALISM or (films and films[0].is_exact):
        return []
    if len(letters) == 2 and films and films[0].likeness >= 0.8:
        return []
    found = [
        _offer(source.shelf, place)
        for source in sources
        for place in source.shelf.initialism(letters)
        if int(source.shelf.film_ids[place]) not in source.hidden
    ]
    return sorted(found, key=lambda film: -film.popularity)[:6]


def _by_place(form: str, films: Sequence[Ranked], sources: Sequence[Source]) -> list[Ranked]:
    """Return a franchise with the film first that stands at the typed place: `ace ventura 2`."""
    base, _, number = form.rpartition(" ")
    is_settled = bool(films) and (films[0].is_exact or (films[0].is_phrase and films[0].popularity >= 9))
    if not base or len(number) != 1 or not number.isdigit() or is_settled:
        return []
    family: dict[int, Ranked] = {}
    for source in sources:
        for name, _ in source.shelf.starting(base, FAMILY):
            film, words = _offer(source.shelf, int(source.shelf.owners[name])), f"{source.shelf.forms[name]} "
            is_member = words.startswith(f"{base} ") or (film.popularity >= KNOWN and f" {base} " in words)
            if is_member and film.film_id not in source.hidden:
                family[film.film_id] = film
    least = max((film.popularity for film in family.values()), default=0.0) - 4
    members = [film for film in family.values() if film.popularity >= max(8.0, least)]
    members.sort(key=lambda film: (film.year or 0, film.film_id))
    at = int(number) - 1
    if 0 <= at < len(members):
        members.insert(0, members.pop(at))
    return members[:9]


def _offer(shelf: Shelf, place: int) -> Ranked:
    return Ranked(int(shelf.film_ids[place]), 0.0, 0.7, float(shelf.popularity[place]), int(shelf.years[place]) or None)


def _famous_first(films: list[Ranked]) -> list[Ranked]:
    """Put a far better-known film that holds the text as a phrase before an obscure one that is called so or alike."""
    if not films or films[0].reading.year is not None or films[0].is_phrase or films[0].is_offered:
        return films
    for at, film in enumerate(films[1:12], start=1):
        is_better_known = film.popularity >= max(KNOWN, films[0].popularity + FAR_BETTER_KNOWN)
        if film.is_phrase and film.likeness >= 0.8 and is_better_known:
            return [film, *films[:at], *films[at + 1 :]]
    return films
