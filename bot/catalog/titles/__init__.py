"""Title resolution: what a person typed -> Found | Ambiguous | NotFound, and choices while they type.

Scopes are inside it: a server's own films, and those it hides or changes, count in that server alone. The shared films
stand on one large shelf; what changed since it was built, and what a server has of its own, on small ones beside it.
"""

import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rapidfuzz import fuzz

from bot.catalog.store import SHARED, Names
from bot.catalog.titles.deciding import decided
from bot.catalog.titles.normal import light_form, normal_form
from bot.catalog.titles.outcomes import Ambiguous, Choice, Found, NotFound, Outcome
from bot.catalog.titles.ranking import Ranked, Source, ranked
from bot.catalog.titles.shelf import Entry, Shelf, build, label_of, popularity_of
from bot.catalog.titles.typed import cleaned

__all__ = ["Ambiguous", "Choice", "Found", "NotFound", "Outcome", "Titles", "normal_form"]

OWN_POPULARITY = 6.0  # of a film that a server has added: above the obscure, below the known
LATELY = 8  # films lately asked for in a scope that the empty box offers first
LATELY_LEAD = 2.0  # popularity that such a film gains there while somebody types
SCOPES_REMEMBERED = 1_000
FUZZY_FROM = 3  # letters from which a slip is looked for while typing
FUZZY = 80  # names looked at for it

_IMDB = re.compile(r"(?:^|/)(tt\d{7,9})(?:/|$|\?)")
_NUMBER = re.compile(r"\(.*\bno\. (\d{1,18})\)$")
_TAIL = re.compile(r"^(?P<title>.*\S) \((?P<year>\d{4})?(?:, )?(?P<more>[^()]*(?:\([^()]*\))?[^()]*)\)$")


class Titles:
    """Every name of every film, searchable by what people type. Not safe to change from another thread."""

    def __init__(self, names: Iterable[Names] = (), shelf: Shelf | None = None) -> None:
        """Put the shared films among `names` on a shelf of their own, unless `shelf` already holds them."""
        mine: dict[int, dict[int, Names]] = {}
        shared: list[Names] = []
        for film in names:
            if film.scope == SHARED and shelf is None:
                shared.append(film)
            else:
                mine.setdefault(film.scope, {})[film.film_id] = film
        self._base = shelf or build(entries_of(shared))
        self._changes = mine  # scope -> film -> its names there; without a title it is hidden
        self._small: dict[int, Shelf] = {}
        self._lately: OrderedDict[int, deque[int]] = OrderedDict()

    def add(self, film: Names) -> None:
        """Make a film known in its scope, or change its names there; without a title it is hidden there."""
        self._changes.setdefault(film.scope, {})[film.film_id] = film
        self._small.pop(film.scope, None)

    change = add

    def remove(self, scope: int, film_id: int) -> None:
        """Forget the film's names in `scope`; a shared film that a server changed shows there again."""
        mine = self._changes.setdefault(scope, {})
        if scope == SHARED and self._base.place_of(film_id) is not None:
            mine[film_id] = Names(film_id, SHARED, None)
        else:
            mine.pop(film_id, None)
        self._small.pop(scope, None)

    def asked(self, film_id: int, scope: int = SHARED) -> None:
        """Remember that a film was asked for in a server, so that the empty box offers it there.

        The shared scope is nobody's own: what is asked in one person's DMs is not offered in another's.
        """
        if scope == SHARED:
            return
        films = self._lately.setdefault(scope, deque(maxlen=LATELY))
        self._lately.move_to_end(scope)
        if film_id in films:
            films.remove(film_id)
        films.appendleft(film_id)
        if len(self._lately) > SCOPES_REMEMBERED:
            self._lately.popitem(last=False)

    def resolve(self, text: str, scope: int = SHARED) -> Outcome:
        """Find the film that `text` means in `scope`. Any text gets an answer; none raises."""
        typed, sources = cleaned(text), self._sources(scope)
        if (film_id := self._labelled(typed, sources)) is not None:
            return Found(film_id, sure=True)
        if imdb := _IMDB.search(typed):
            films = self._films_named(imdb[1], sources)
            return Found(films[0], sure=True) if films else NotFound()
        return decided(ranked(typed, sources))

    def ranked(self, text: str, scope: int = SHARED) -> list[Ranked]:
        """Return the films that `text` is like with what speaks for each, the likeliest first."""
        return ranked(text, self._sources(scope))

    def suggest(self, text: str, scope: int = SHARED, limit: int = 25) -> list[Choice]:
        """Return up to `limit` choices for what is typed so far; lately asked and well-known films for an empty box."""
        sources = self._sources(scope)
        return [
            Choice(self._label(film_id, sources), film_id) for film_id in self._suggested(cleaned(text), scope, limit)
        ]

    def label(self, film_id: int, scope: int = SHARED) -> str:
        """Return the film's choice text, which resolves to this film alone; KeyError when `scope` has no such film."""
        return self._label(film_id, self._sources(scope))

    def names(self, film_id: int, scope: int = SHARED) -> Names:
        """Return title, year and directors of the film in `scope`; KeyError when it has no such film."""
        return _names_of(film_id, self._sources(scope))

    def _suggested(self, typed: str, scope: int, limit: int) -> list[int]:
        sources = self._sources(scope)
        form, light = normal_form(typed), light_form(typed)
        if not form:
            return list(islice(self._for_empty_box(scope, sources), limit))
        scores: dict[int, float] = {}
        for source in sources:
            shelf = source.shelf
            for name in shelf.exact(form):
                _raise_to(scores, source, name, (100.0 if len(form) > 2 else 52.0))
            for letters in dict.fromkeys((form, light)):
                for name, score in shelf.starting(letters, limit) if letters else ():
                    _keep_best(scores, source, name, 50.0 + score)
        if len(scores) < limit and len(form) >= FUZZY_FROM:
            for source in sources:
                _add_slips(scores, source, form)
        for film_id in self._lately.get(scope, ()):
            if film_id in scores:
                scores[film_id] += LATELY_LEAD
        return sorted(scores, key=lambda film_id: -scores[film_id])[:limit]

    def _for_empty_box(self, scope: int, sources: Sequence[Source]) -> Iterator[int]:
        lately = [film_id for film_id in self._lately.get(scope, ()) if _is_there(film_id, sources)]
        yield from lately
        best = [
            (float(source.shelf.popularity[place]), int(source.shelf.film_ids[place]))
            for source in sources
            for place in source.shelf.best_known(60)
        ]
        for _, film_id in sorted(best, key=lambda each: -each[0]):
            if film_id not in lately and _is_there(film_id, sources):
                yield film_id

    def _labelled(self, typed: str, sources: Sequence[Source]) -> int | None:
        """Return the film whose choice text this is."""
        wanted = typed.casefold()
        if number := _NUMBER.search(wanted):
            film_id = int(number[1])
            if _is_there(film_id, sources) and self._label(film_id, sources).casefold() == wanted:
                return film_id
        tail = _TAIL.match(typed)
        for title in (tail["title"], typed) if tail else (typed,):
            for film_id in self._films_named(title, sources):
                if self._label(film_id, sources).casefold() == wanted:
                    return film_id
        return None

    @staticmethod
    def _films_named(title: str, sources: Sequence[Source]) -> list[int]:
        form = normal_form(title)
        found = (
            int(source.shelf.film_ids[source.shelf.owners[name]])
            for source in sources
            for name in (source.shelf.exact(form) if form else ())
            if int(source.shelf.film_ids[source.shelf.owners[name]]) not in source.hidden
        )
        return list(dict.fromkeys(found))

    def _label(self, film_id: int, sources: Sequence[Source]) -> str:
        shelf, place = _place_of(film_id, sources)
        title, year = shelf.titles[place], int(shelf.years[place]) or None
        label = label_of(title, year)
        if "…" in label:
            return label_of(title, year, f"no. {film_id}")
        if len(sources) == 1 and not shelf.is_namesake[place]:
            return label
        same = _namesakes(film_id, normal_form(title), year, sources)
        if not any(label_of(other.title or "", other.year).casefold() == label.casefold() for other in same):
            return label
        longer = label_of(title, year, _first(_names_of(film_id, sources)))
        known = {label_of(other.title or "", other.year, _first(other)).casefold() for other in same}
        is_told_apart = longer != label and longer.casefold() not in known
        return longer if is_told_apart else label_of(title, year, f"no. {film_id}")

    def _sources(self, scope: int) -> list[Source]:
        shared, own = self._changes.get(SHARED, {}), self._changes.get(scope, {}) if scope != SHARED else {}
        sources = [Source(self._base, shared.keys() | own.keys() if own and shared else (own or shared).keys())]
        if shared:
            sources.append(Source(self._shelf_of(SHARED), own.keys()))
        if own:
            sources.append(Source(self._shelf_of(scope)))
        return sources

    def _shelf_of(self, scope: int) -> Shelf:
        if scope not in self._small:
            films = [film for film in self._changes[scope].values() if film.title is not None]
            self._small[scope] = build(Entry.of(film, self._popularity_of(film)) for film in films)
        return self._small[scope]

    def _popularity_of(self, film: Names) -> float:
        place = self._base.place_of(film.film_id)
        return OWN_POPULARITY if place is None else float(self._base.popularity[place])


def entries_of(names: Iterable[Names]) -> Iterator[Entry]:
    """Yield the films to be put on a shelf, their fame mapped by rank onto the scale of the thresholds."""
    films = [film for film in names if film.title is not None]
    order = sorted(range(len(films)), key=lambda at: -films[at].fame)
    for place, at in enumerate(order, start=1):
        yield Entry.of(films[at], popularity_of(place))


def _is_there(film_id: int, sources: Sequence[Source]) -> bool:
    return any(source.shelf.place_of(film_id) is not None and film_id not in source.hidden for source in sources)


def _place_of(film_id: int, sources: Sequence[Source]) -> tuple[Shelf, int]:
    for source in sources:
        place = source.shelf.place_of(film_id)
        if place is not None and film_id not in source.hidden:
            return source.shelf, place
    raise KeyError(film_id)


def _names_of(film_id: int, sources: Sequence[Source]) -> Names:
    shelf, place = _place_of(film_id, sources)
    directors = tuple(filter(None, shelf.directors[place].split("\x1f")))
    return Names(film_id, SHARED, shelf.titles[place], int(shelf.years[place]) or None, directors)


def _namesakes(film_id: int, form: str, year: int | None, sources: Sequence[Source]) -> list[Names]:
    """Return the other films of that name and year."""
    found = (
        int(source.shelf.film_ids[place])
        for source in sources
        for place in source.shelf.called(form, year)
        if int(source.shelf.film_ids[place]) not in source.hidden
    )
    return [_names_of(other, sources) for other in dict.fromkeys(found) if other != film_id]


def _first(film: Names) -> str:
    return film.directors[0] if film.directors else ""


def _raise_to(scores: dict[int, float], source: Source, name: int, floor: float) -> None:
    place = int(source.shelf.owners[name])
    _keep_best(scores, source, name, floor + float(source.shelf.popularity[place]))


def _keep_best(scores: dict[int, float], source: Source, name: int, score: float) -> None:
    film_id = int(source.shelf.film_ids[source.shelf.owners[name]])
    if film_id not in source.hidden:
        scores[film_id] = max(scores.get(film_id, 0.0), score)


def _add_slips(scores: dict[int, float], source: Source, form: str) -> None:
    """Add films with a name that begins nearly as `form`, or holds nearly that."""
    shelf = source.shelf
    for name in shelf.sharing(form, FUZZY):
        text, end = shelf.forms[name], len(form)
        likeness = max(
            fuzz.ratio(form, text[:end]), fuzz.ratio(form, text[: end + 1]), 0.9 * fuzz.partial_ratio(form, text)
        )
        fame = float(shelf.popularity[int(shelf.owners[name])]) / 14
        film_id = int(shelf.film_ids[shelf.owners[name]])
        if scores.get(film_id, 0.0) < 40:
            _keep_best(scores, source, name, likeness / 100 + 0.1 * fame)
