"""Kinds of typed text over a small list of films, and what holds for any list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.store import SHARED, Names
from bot.catalog.titles import Ambiguous, Found, NotFound, Titles
from bot.catalog.titles.shelf import Entry, build

HERE, THERE = 111, 222


def _entry(film_id: int, title: str, year: int, popularity: float, *others: str) -> Entry:
    return Entry(film_id, title, year, ("Somebody",), others, popularity)


FILMS = (
    _entry(1, "The Lord of the Rings: The Fellowship of the Ring", 2001, 13.9),
    _entry(2, "The Lord of the Rings: The Two Towers", 2002, 13.8),
    _entry(3, "The Lord of the Rings: The Return of the King", 2003, 13.9),
    _entry(4, "Ace Ventura: Pet Detective", 1994, 12.5),
    _entry(5, "Ace Ventura: When Nature Calls", 1995, 12.1),
    _entry(6, "The Lost World: Jurassic Park", 1997, 12.3),
    _entry(7, "The Lost World", 1925, 7.5),
    _entry(8, "2 Fast 2 Furious", 2003, 11.8),
    _entry(9, "Dune", 1984, 11.4),
    _entry(10, "Dune", 2021, 12.7),
    _entry(11, "Titanic", 1997, 13.7),
    _entry(12, "Titanic", 1953, 8.0),
    _entry(13, "Forrest Gump", 1994, 13.9),
    _entry(14, "Jack Reacher: Never Go Back", 2016, 10.6),
    _entry(15, "Cool Hand Luke", 1967, 11.8),
    _entry(16, "The Wizard of Oz", 1939, 12.4, "El mago de Oz"),
)


@pytest.fixture(scope="module")
def titles() -> Titles:
    return Titles(shelf=build(FILMS))


@pytest.mark.parametrize(
    ("typed", "film_id"),
    [
        ("the 2 fast 2 furious", 8),
        ("two fast two furious", 8),
        ("dune 84", 9),
        ("dune (2021)", 10),
        ("titanic", 11),
        ("el mago de oz", 16),
        ("jack reacher never go bak", 14),
        ("luke cool hand", 15),
        ("forrets gump", 13),
        ("coolhandluke", 15),
        ("wizzard of ozz", 16),
    ],
)
def test_one_film_is_meant(titles: Titles, typed: str, film_id: int) -> None:
    outcome = titles.resolve(typed)

    assert isinstance(outcome, Found)
    assert outcome.film_id == film_id


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dune", [10, 9]),
        ("lotr rotk", [3]),
        ("rotk", [3]),
        ("ace ventura ii", [5]),
        ("lost world", [6, 7]),
        ("lord of the rings", [1, 3, 2]),
    ],
)
def test_several_may_be_meant_and_the_likeliest_comes_first(titles: Titles, typed: str, first: list[int]) -> None:
    outcome = titles.resolve(typed)

    assert isinstance(outcome, Ambiguous)
    assert list(outcome.candidates[: len(first)]) == first


def test_a_sequel_that_was_never_made_is_not_answered_with_the_film(titles: Titles) -> None:
    assert not isinstance(titles.resolve("cool hand luke 2"), Found)


@pytest.mark.parametrize(
    "typed", ["Gardening for Beginners", "vbnmpoi", "the blorptang of ottery", "<#987654321098765432>"]
)
def test_what_is_no_film_is_not_answered_with_one(titles: Titles, typed: str) -> None:
    assert not isinstance(titles.resolve(typed), Found)


def test_the_empty_box_offers_what_was_asked_for_lately_in_that_server() -> None:
    titles = Titles(shelf=build(FILMS))
    titles.asked(12, HERE)
    titles.asked(15, HERE)
    titles.asked(12, HERE)

    assert [choice.film_id for choice in titles.suggest("", HERE)][:3] == [12, 15, 1]
    assert [choice.film_id for choice in titles.suggest("", THERE)][:1] == [1]


def test_what_is_asked_in_one_persons_dms_is_not_offered_in_anothers() -> None:
    titles = Titles(shelf=build(FILMS))
    before = titles.suggest("")

    titles.asked(12, SHARED)

    assert titles.suggest("") == before


def test_what_a_server_asked_for_lately_comes_sooner_there_while_typing() -> None:
    titles = Titles(shelf=build(FILMS))
    assert [choice.film_id for choice in titles.suggest("dun", HERE)][:2] == [10, 9]

    titles.asked(9, HERE)

    assert [choice.film_id for choice in titles.suggest("dun", HERE)][:2] == [9, 10]
    assert [choice.film_id for choice in titles.suggest("dun", THERE)][:2] == [10, 9]


NAMES = st.lists(
    st.tuples(
        st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).filter(str.strip),
        st.integers(1900, 2026) | st.none(),
        st.sampled_from(["", "Ann Ross", "Bo Lund"]),
    ),
    min_size=1,
    max_size=12,
)


def _names(made: list[tuple[str, int | None, str]], scope: int = SHARED, first: int = 1) -> list[Names]:
    return [
        Names(film_id, scope, title, year, (director,) if director else (), (), 0.5)
        for film_id, (title, year, director) in enumerate(made, start=first)
    ]


@given(NAMES)
def test_every_choice_resolves_to_its_own_film(made: list[tuple[str, int | None, str]]) -> None:
    films = _names(made)
    titles = Titles(films)

    for film in films:
        label = titles.label(film.film_id)
        assert len(label) <= 100
        assert titles.resolve(label) == Found(film.film_id, sure=True)


@given(NAMES)
def test_an_exact_title_is_its_film_or_asks_among_its_namesakes(made: list[tuple[str, int | None, str]]) -> None:
    films = _names(made)
    titles = Titles(films)

    for film in films:
        match titles.resolve(film.title or ""):
            case Found(film_id):
                assert titles.names(film_id).title is not None
            case Ambiguous(candidates):
                assert film.film_id in candidates or len(candidates) == 10
            case NotFound():
                pytest.fail(f"{film.title!r} was not found")


@given(NAMES, NAMES)
def test_a_film_of_one_server_is_in_no_answer_to_another(
    shared: list[tuple[str, int | None, str]], own: list[tuple[str, int | None, str]]
) -> None:
    mine = _names(own, HERE, first=1_000)
    titles = Titles([*_names(shared), *mine])
    secret = {film.film_id for film in mine}

    for film in mine:
        for typed in (film.title or "", (film.title or "")[:2], titles.label(film.film_id, HERE), ""):
            offered = {choice.film_id for choice in titles.suggest(typed, THERE)}
            assert not offered & secret
            match titles.resolve(typed, THERE):
                case Found(film_id, _, others):
                    assert not {film_id, *others} & secret
                case Ambiguous(candidates):
                    assert not set(candidates) & secret
                case NotFound(nearest):
                    assert not set(nearest) & secret


@given(NAMES, NAMES)
def test_adding_and_removing_films_restores_every_earlier_answer(
    shared: list[tuple[str, int | None, str]], more: list[tuple[str, int | None, str]]
) -> None:
    films, added = _names(shared), _names(more, SHARED, first=1_000)
    titles = Titles(films)
    typed = [text for film in (*films, *added) for text in (film.title or "", (film.title or "")[:3])]
    before = [(titles.resolve(text), titles.suggest(text)) for text in typed]

    for film in added:
        titles.add(film)
    for film in added:
        titles.remove(SHARED, film.film_id)

    assert [(titles.resolve(text), titles.suggest(text)) for text in typed] == before
