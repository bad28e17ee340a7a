"""Names and typed texts in the forms in which they are compared."""

import pytest

from bot.catalog.titles.normal import initialisms, light_form, normal_form
from bot.catalog.titles.typed import Reading, cleaned, readings


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("The Good, the Bad & the Ugly", "good bad and ugly"),
        ("Amélie", "amelie"),
        ("Ocean's Eleven", "oceans 11"),
        ("Grease II", "grease 2"),
        ("Saw V", "saw 5"),
        ("V for Vendetta", "vs for vendetta"),
        ("Kill Bill: Vol. 2", "kill bill 2"),
        ("Harry Potter and the Deathly Hallows: Part 1", "harry potter and deathly hallows 1"),
        ("Star Wars: Episode I - The Phantom Menace", "star wars 1 phantom menace"),
        ("The Thirteenth Guest", "13th guest"),
        ("8 ½", "8 1 2"),
        ("Nine and a Half Weeks", "9 1 2 weeks"),
        ("Five Hundred Miles", "500 miles"),
        ("Dr. Mabuse", "dr mabuse"),
        ("Doctor Zhivago", "dr zhivago"),
        ("Ðe Æsir & Œuvre", "de aesir and oeuvre"),
        ("shrek3", "shrek 3"),
        ("Se7en", "se7en"),
        ("七人の侍", "七人の侍"),
        ("The The", "the the"),
        ("!!!", "!!!"),
        ("", ""),
    ],
)
def test_a_name_has_one_normal_form(name: str, form: str) -> None:
    assert normal_form(name) == form


def test_the_light_form_keeps_the_letters_that_are_typed() -> None:
    assert light_form("Ocean's Thirteen") == "oceans thirteen"


def test_titles_have_the_initials_that_people_use() -> None:
    assert "lotr" in initialisms("The Lord of the Rings")
    assert "rotk" in initialisms("The Lord of the Rings: The Return of the King")
    assert "apm" in initialisms("All the President's Men")
    assert initialisms("Up") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dune 84", [Reading("dune 84"), Reading("dune", "84")]),
        ("Psycho (1960)", [Reading("psycho 1960"), Reading("psycho", "1960")]),
        ("1922 nosferatu", [Reading("1922 nosferatu"), Reading("nosferatu", "1922")]),
        ("shrek movie", [Reading("shrek movie"), Reading("shrek", is_vague=True)]),
        ("Some.Like.It.Hot.1959.avi", [Reading("some like it hot", "1959")]),
        ("Casablanca.1942.1080p.BluRay.x264-GROUP", [Reading("casablanca", "1942")]),
        ("2001", [Reading("2001")]),
        ("   ", []),
    ],
)
def test_a_text_is_read_in_every_way_it_may_be_meant(text: str, found: list[Reading]) -> None:
    assert readings(cleaned(text)) == found


def test_years_of_two_digits_are_of_either_century() -> None:
    assert Reading("dune", "84").years_off(1984) == 0
    assert Reading("dune", "21").years_off(2021) == 0
    assert Reading("dune", "1985").years_off(1984) == 1
    assert Reading("dune", "1985").years_off(None) == 99
    assert Reading("dune").years_off(1984) is None


def test_what_cannot_be_read_is_taken_out() -> None:
    assert cleaned("a\x00b\ud800c\u202e  d\n") == "abc d"
    assert len(cleaned("x" * 6_000)) == 200
