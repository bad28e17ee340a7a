"""Title resolution: what a person typed -> Found | Ambiguous | NotFound, and choices while they type.

A plain ranking over every name of every film, held in memory. Scopes are inside it: a server's own films, and those it
hides or changes, count in that server alone.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.catalog.store import SHARED, Names

TYPED_LIMIT = 200  # characters looked at; no title is longer
CHOICE_LIMIT = 100  # characters of an autocomplete choice (Discord)
SURE = 82.0  # similarity, 0 to 100, from which one film is answered
LEAD = 4.0  # by which it must lead the next
ASK = 66.0  # similarity from which a film is offered
OFFERED = 10  # films offered when several are meant
NEAREST = 3  # films named when none is meant

_YEAR = re.compile(r"^(?P<title>.*\S)\s*[(\[]?\s*(?<!\d)(?P<year>(?:18|19|20)\d\d|['’]?\d\d)\s*[)\]]?\s*$")
_IMDB = re.compile(r"(?:^|/)(tt\d{7,9})(?:/|$|\?)")
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Found:
    """One film; not `sure` when it is a guess, with the `others` it could have been."""

    film_id: int
    sure: bool
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several films that the text may mean, the likeliest first."""

    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No film; `nearest` are the closest all the same."""

    nearest: tuple[int, ...] = ()


Outcome = Found | Ambiguous | NotFound


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete choice: the text that is shown and sent, and the film it resolves to."""

    label: str
    film_id: int


@dataclass(slots=True)
class _View:
    """What one scope sees."""

    films: dict[int, Names]
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # normal form -> films
    by_label: dict[str, int] = field(default_factory=dict[str, int])  # case-folded label -> film
    labels: dict[int, str] = field(default_factory=dict[int, str])
    forms: list[str] = field(default_factory=list[str])
    owners: list[int] = field(default_factory=list[int])  # the film of each form
    popular: list[int] = field(default_factory=list[int])


class Titles:
    """Every name of every film, searchable by what people type. Not safe to change from another thread."""

    def __init__(self, names: Iterable[Names] = ()) -> None:
        self._names: dict[int, dict[int, Names]] = defaultdict(dict)
        self._views: dict[int, _View] = {}
        for film in names:
            self._names[film.scope][film.film_id] = film

    def add(self, film: Names) -> None:
        """Make a film known in its scope, or change its names there; without a title it is hidden there."""
        self._names[film.scope][film.film_id] = film
        self._forget(film.scope)

    change = add

    def remove(self, scope: int, film_id: int) -> None:
        """Forget the film's names in `scope`; a shared film that a server changed shows there again."""
        self._names[scope].pop(film_id, None)
        self._forget(scope)

    def resolve(self, text: str, scope: int = SHARED) -> Outcome:
        """Find the film that `text` means in `scope`. Any text gets an answer; none raises."""
        view, typed = self._view(scope), _cleaned(text)
        if (film_id := view.by_label.get(typed.casefold())) is not None:
            return Found(film_id, sure=True)
        if imdb := _IMDB.search(typed):
            films = view.by_name.get(imdb[1], [])
            return Found(films[0], sure=True) if films else NotFound()
        return self._by_name(view, typed) or self._by_likeness(view, typed)

    def suggest(self, text: str, scope: int = SHARED, limit: int = 25) -> list[Choice]:
        """Return up to `limit` choices for what is typed so far, well-known films for an empty box."""
        view, typed = self._view(scope), _cleaned(text)
        form = normal_form(typed)
        if not form:
            ranked: Iterable[int] = view.popular
        else:
            exact = view.by_label.get(typed.casefold())
            ranked = dict.fromkeys(
                film_id
                for film_id in (
                    exact,
                    *self._starting(view, form),
                    *(film_id for film_id, _ in _likest(view, typed)),
                )
                if film_id is not None
            )
        return [Choice(view.labels[film_id], film_id) for film_id, _ in zip(ranked, range(limit), strict=False)]

    def label(self, film_id: int, scope: int = SHARED) -> str:
        """Return the film's choice text, which resolves to this film alone; KeyError when `scope` has no such film."""
        return self._view(scope).labels[film_id]

    def names(self, film_id: int, scope: int = SHARED) -> Names:
        """Return what is known of the film in `scope`; KeyError when it has no such film."""
        return self._view(scope).films[film_id]

    def _by_name(self, view: _View, typed: str) -> Outcome | None:
        if films := view.by_name.get(normal_form(typed)):
            return _one_or_ask(films, sure=True)
        if (split := _YEAR.match(typed)) is None or not (films := view.by_name.get(normal_form(split["title"]))):
            return None
        same_year = [film_id for film_id in films if _is_year(view.films[film_id].year, split["year"])]
        # Where the title is right and the year is not, that film is a guess.
        return _one_or_ask(same_year, sure=True) if same_year else _one_or_ask(films, sure=False)

    def _by_likeness(self, view: _View, typed: str) -> Outcome:
        ranked = _likest(view, typed)
        likely = [film_id for film_id, score in ranked if score >= ASK][:OFFERED]
        if not likely:
            return NotFound(tuple(film_id for film_id, _ in ranked[:NEAREST]))
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
        if best >= SURE and best - second >= LEAD:
            return Found(likely[0], sure=False, others=tuple(likely[1:]))
        return Ambiguous(tuple(likely))

    def _starting(self, view: _View, form: str) -> list[int]:
        """Return films with a name that has `form` at its start or at the start of a word, the best known first."""
        ranks: dict[int, tuple[int, float]] = {}
        inside = f" {form}"
        for name, film_id in zip(view.forms, view.owners, strict=True):
            place = 0 if name == form else 1 if name.startswith(form) else 2 if inside in name else None
            if place is not None:
                rank = (place, -view.films[film_id].fame)
                ranks[film_id] = min(ranks.get(film_id, rank), rank)
        return sorted(ranks, key=ranks.__getitem__)

    def _forget(self, scope: int) -> None:
        if scope == SHARED:
            self._views.clear()
        else:
            self._views.pop(scope, None)

    def _view(self, scope: int) -> _View:
        if not self._names.get(scope):
            scope = SHARED  # a server without films of its own sees the shared catalog
        if scope not in self._views:
            self._views[scope] = _built(self._names.get(SHARED, {}) | self._names.get(scope, {}))
        return self._views[scope]


def _one_or_ask(films: Sequence[int], *, sure: bool) -> Outcome:
    return Found(films[0], sure) if len(films) == 1 else Ambiguous(tuple(films[:OFFERED]))


def normal_form(text: str) -> str:
    """Return the form in which names are compared: case-folded, without accents, articles and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.sub(r"[^\w\s]|_", " ", re.sub(r"['’]", "", plain)).split()
    return " ".join(word for word in words if word not in _ARTICLES) or " ".join(words)


def _cleaned(text: str) -> str:
    kept = (
        char
        for char in text[: TYPED_LIMIT * 4]
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char.isspace()
    )
    return " ".join("".join(kept).split())[:TYPED_LIMIT]


def _is_year(year: int | None, typed: str) -> bool:
    return year is not None and str(year).endswith(typed.lstrip("'’"))


def _built(films: dict[int, Names]) -> _View:
    shown = {film_id: film for film_id, film in films.items() if film.title is not None}
    view = _View(shown)
    view.popular = sorted(shown, key=lambda film_id: (-shown[film_id].fame, film_id))
    for film_id in view.popular:
        film = shown[film_id]
        for form in dict.fromkeys(normal_form(name) for name in (film.title or "", *film.others)):
            if form:
                view.by_name[form].append(film_id)
                view.forms.append(form)
                view.owners.append(film_id)
    view.labels = dict(_labels(view))
    view.by_label = {label.casefold(): film_id for film_id, label in view.labels.items()}
    return view


def _labels(view: _View) -> Iterator[tuple[int, str]]:
    """Give each film a text of its own: title and year, then the director, then its number."""
    taken: set[str] = set()
    same: dict[str, int] = defaultdict(int)
    for film in view.films.values():
        same[_label(film).casefold()] += 1
    for film_id, film in view.films.items():
        label = _label(film)
        if same[label.casefold()] > 1 and film.directors:
            label = _label(film, film.directors[0])
        if label.casefold() in taken or (same[label.casefold()] > 1):
            label = _label(film, f"no. {film_id}")
        taken.add(label.casefold())
        yield film_id, label


def _label(film: Names, more: str = "") -> str:
    details = ", ".join(part for part in ("" if film.year is None else str(film.year), more[:40]) if part)
    tail = f" ({details})" if details else ""
    title = _cleaned(film.title or "") or "?"
    if len(title) + len(tail) > CHOICE_LIMIT:
        title = title[: CHOICE_LIMIT - len(tail) - 1].rstrip() + "…"
    return f"{title}{tail}"


def _likest(view: _View, typed: str, limit: int = 50) -> list[tuple[int, float]]:
    """Return the films whose names are most like `typed` with their similarity (0 to 100), the likest first."""
    form, year = normal_form(typed), None
    if split := _YEAR.match(typed):
        form, year = normal_form(split["title"]), split["year"]
    if not form:
        return []
    best: dict[int, float] = {}
    for name, _, place in process.extract(form, view.forms, scorer=fuzz.WRatio, processor=None, limit=limit * 2):
        film_id = view.owners[place]
        score = _likeness(form, name) + 3.0 * view.films[film_id].fame
        if year is not None:
            score += 6.0 if _is_year(view.films[film_id].year, year) else -6.0
        best[film_id] = max(best.get(film_id, 0.0), score)
    return sorted(best.items(), key=lambda item: -item[1])[:limit]


@lru_cache(maxsize=4096)
def _likeness(form: str, name: str) -> float:
    spaced, joined = fuzz.ratio(form, name), fuzz.ratio(form.replace(" ", ""), name.replace(" ", ""))
    start = 0.0
    if len(form) > 3:
        # The start of a long title counts for nearly as much as the whole of it.
        start = fuzz.ratio(form, name[: len(form)]) - min(12.0, max(0, len(name) - len(form)))
    words = fuzz.token_set_ratio(form, name) * 0.8 if " " in form else 0.0
    return max(spaced, joined, start, fuzz.token_sort_ratio(form, name), words)
