"""What people type finds the film they mean, or is asked about, or is said to be none."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.store import SHARED, Names, open_store
from bot.catalog.titles import Ambiguous, Choice, Found, NotFound, Titles, normal_form

FILMS = (
    Names(1, SHARED, "Leaving Las Vegas", 1995, ("Mike Figgis",), ("tt0113627",), 0.7),
    Names(2, SHARED, "Psycho", 1960, ("Alfred Hitchcock",), ("tt0054215",), 0.95),
    Names(3, SHARED, "Psycho", 1998, ("Gus Van Sant",), (), 0.3),
    Names(4, SHARED, "The Shawshank Redemption", 1994, ("Frank Darabont",), (), 1.0),
    Names(5, SHARED, "Seven Samurai", 1954, ("Akira Kurosawa",), ("七人の侍", "Shichinin no Samurai"), 0.9),
    Names(6, SHARED, "Frozen", 2010, ("Adam Green",), (), 0.2),
    Names(7, SHARED, "Frozen", 2010, ("Shivajee Chandrabhushan",), (), 0.1),
    Names(8, SHARED, "Frozen", 2013, ("Chris Buck",), (), 0.8),
    Names(9, SHARED, "Blade Runner 2049", 2017, ("Denis Villeneuve",), (), 0.6),
    Names(10, SHARED, "Amélie", 2001, ("Jean-Pierre Jeunet",), ("Le fabuleux destin d'Amélie Poulain",), 0.8),
    Names(11, SHARED, "!", 2001, (), (), 0.0),
)
HERE, THERE = 111, 222


@pytest.fixture
def titles() -> Titles:
    return Titles(FILMS)


@pytest.mark.parametrize(
    ("typed", "film_id"),
    [
        ("Leaving Las Vegas", 1),
        ("leaving las vegas (1995)", 1),
        ("LEAVING   LAS VEGAS 1995", 1),
        ("tt0113627", 1),
        ("https://www.imdb.com/title/tt0113627/", 1),
        ("psycho 1960", 2),
        ("Psycho (1998)", 3),
        ("psycho 98", 3),
        ("shawshank redemption", 4),
        ("七人の侍", 5),
        ("blade runner 2049", 9),
        ("amelie", 10),
        ("! (2001)", 11),
        ("Frozen (2010, Adam Green)", 6),
    ],
)
def test_a_name_that_is_right_is_sure(titles: Titles, typed: str, film_id: int) -> None:
    assert titles.resolve(typed) == Found(film_id, sure=True)


@pytest.mark.parametrize(
    ("typed", "film_id"),
    [
        ("leavin las vegas", 1),
        ("shawshenk redemtion", 4),
        ("shawshenk", 4),
        ("vegas leaving las", 1),
        ("psycho 1961", 2),
    ],
)
def test_a_slip_is_a_guess(titles: Titles, typed: str, film_id: int) -> None:
    outcome = titles.resolve(typed)

    assert isinstance(outcome, Found | Ambiguous)
    if isinstance(outcome, Found):
        assert (outcome.film_id, outcome.sure) == (film_id, False)
    else:
        assert film_id in outcome.candidates


def test_namesakes_are_asked_about_best_known_first(titles: Titles) -> None:
    assert titles.resolve("psycho") == Ambiguous((2, 3))
    assert titles.resolve("frozen") == Ambiguous((8, 6, 7))
    assert titles.resolve("frozen 2010") == Ambiguous((6, 7, 8))


@pytest.mark.parametrize("typed", ["", "   ", "?!", "||", "\ud800", "\u202e", '%_"*', "\x00"])
def test_what_holds_no_word_is_no_film(titles: Titles, typed: str) -> None:
    assert titles.resolve(typed) == NotFound()


def test_a_film_that_is_not_there_names_at_most_three(titles: Titles) -> None:
    outcome = titles.resolve("quantum zebra parade")

    assert isinstance(outcome, NotFound)
    assert len(outcome.nearest) <= 3


def test_an_unknown_imdb_id_is_no_film(titles: Titles) -> None:
    assert titles.resolve("tt9999999") == NotFound()


def test_choices_while_typing_put_the_start_of_a_title_first(titles: Titles) -> None:
    assert titles.suggest("fro")[:3] == [
        Choice("Frozen (2013)", 8),
        Choice("Frozen (2010, Adam Green)", 6),
        Choice("Frozen (2010, Shivajee Chandrabhushan)", 7),
    ]
    assert titles.suggest("vegas")[0] == Choice("Leaving Las Vegas (1995)", 1)
    assert titles.suggest("samurai", limit=1) == [Choice("Seven Samurai (1954)", 5)]


def test_the_empty_box_offers_the_best_known(titles: Titles) -> None:
    assert [choice.film_id for choice in titles.suggest("", limit=3)] == [4, 2, 5]


def test_every_choice_resolves_to_its_own_film(titles: Titles) -> None:
    for film in FILMS:
        assert titles.resolve(titles.label(film.film_id)) == Found(film.film_id, sure=True)


def test_choices_of_long_titles_stay_within_a_hundred_characters_and_apart() -> None:
    long = Titles([Names(number, SHARED, "Long " * 60, 2000, ("Same Director",), (), 0.5) for number in (1, 2, 3)])
    labels = [long.label(number) for number in (1, 2, 3)]

    assert all(len(label) <= 100 for label in labels)
    assert len(set(labels)) == 3
    assert [long.resolve(label) for label in labels] == [Found(number, sure=True) for number in (1, 2, 3)]


def test_a_servers_own_film_is_found_there_alone(titles: Titles) -> None:
    titles.add(Names(50, HERE, "Our Holiday", 2024, (), (), 0.0))

    assert titles.resolve("our holiday", HERE) == Found(50, sure=True)
    assert isinstance(titles.resolve("our holiday", THERE), NotFound | Ambiguous)
    assert 50 not in [choice.film_id for choice in titles.suggest("our", THERE)]


def test_a_server_can_rename_and_hide_a_shared_film(titles: Titles) -> None:
    titles.change(Names(1, HERE, "Goodbye Nevada", 1995, (), (), 0.7))
    titles.change(Names(2, HERE, None))

    assert titles.resolve("goodbye nevada", HERE) == Found(1, sure=True)
    assert titles.resolve("psycho", HERE) == Found(3, sure=True)
    assert titles.resolve("psycho", THERE) == Ambiguous((2, 3))


def test_removing_a_film_restores_every_earlier_answer(titles: Titles) -> None:
    typed = ("psycho", "our holiday", "leaving", "frozen 2010", "")
    before = [(titles.resolve(each, HERE), titles.suggest(each, HERE)) for each in typed]

    titles.add(Names(50, HERE, "Psycho", 1960, ("Nobody",), (), 1.0))
    assert [(titles.resolve(each, HERE), titles.suggest(each, HERE)) for each in typed] != before
    titles.remove(HERE, 50)

    assert [(titles.resolve(each, HERE), titles.suggest(each, HERE)) for each in typed] == before


@given(st.text(st.characters(blacklist_categories=()), max_size=300))
def test_any_text_gets_an_answer(typed: str) -> None:
    titles = Titles(FILMS)
    known = {film.film_id for film in FILMS}

    match titles.resolve(typed):
        case Found(film_id, _, others):
            assert {film_id, *others} <= known
        case Ambiguous(candidates):
            assert set(candidates) <= known
            assert len(candidates) > 0
        case NotFound(nearest):
            assert set(nearest) <= known
    assert len(titles.suggest(typed)) <= 25


def test_six_thousand_characters_are_answered_in_the_same_time(titles: Titles) -> None:
    started = time.process_time()
    for typed in ("a" * 6000, "(" * 6000, "the " * 1500, "1995 " * 1200, "\u0301" * 6000):
        titles.resolve(typed)
        titles.suggest(typed)

    assert time.process_time() - started < 2  # a stall would take minutes; this is no benchmark


def test_the_normal_form_drops_what_people_leave_out() -> None:
    assert normal_form("The Good, the Bad & the Ugly") == "good bad and ugly"
    assert normal_form("Amélie") == "amelie"
    assert normal_form("Ocean's Eleven") == "oceans 11"
    assert normal_form("The A") == "the a"


async def test_every_choice_of_the_shipped_catalog_resolves_to_its_own_film(loaded_database: Path) -> None:
    async with open_store(loaded_database, read_only=True) as store:
        names = await store.names()
    shipped = Titles(names)

    assert [
        each.film_id for each in names if shipped.resolve(shipped.label(each.film_id)) != Found(each.film_id, sure=True)
    ] == []
