"""What the writer writes, and that the reader gives it back."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pages.model import (
    Award,
    BoxOffice,
    CriticReview,
    Film,
    ImdbRating,
    Line,
    LinkedItem,
    Overview,
    Question,
    Reviews,
    Role,
    SimilarFilm,
    Soundtrack,
    SynopsisPart,
    Track,
    Watch,
    WatchOption,
)
from bot.pages.reader import is_own_format, read_page
from bot.pages.sections import HEADED
from bot.pages.writer import runtime, write_page
from tests.pages.strategies import films

HEADINGS = {section.key: f"## {section.emoji} {section.title}" for section in HEADED}


def body(film: Film, key: str) -> str:
    _, _, rest = write_page(film).partition(f"{HEADINGS[key]}\n")
    return rest.split("\n\n## ")[0].strip("\n")


@given(films)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_film_comes_back_as_it_was(film: Film) -> None:
    page = write_page(film)
    for strict in (True, False):
        reading = read_page(page, strict=strict)
        assert reading.film == film
        assert reading.aside == ()
        assert [found.message for found in reading.findings if found.severity == "error"] in (
            [],
            ["Correct the gross; worldwide is less than domestic."],
        )


@given(films)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_page_written_twice_is_the_same(film: Film) -> None:
    page = write_page(film)
    assert is_own_format(page)
    assert write_page(read_page(page).film) == page


@given(films, st.sampled_from(("\r\n", "\r")))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_other_line_endings_change_nothing(film: Film, ending: str) -> None:
    assert read_page(write_page(film).replace("\n", ending), strict=True).film == film


def test_a_pasted_page_keeps_all_that_was_read() -> None:
    film = read_page((Path(__file__).parent / "pasted.txt").read_text(encoding="utf-8")).film
    assert read_page(write_page(film), strict=True).film == film


def test_every_section_has_its_heading_and_an_empty_one_says_so() -> None:
    page = write_page(Film(title="Heat"))
    assert page.startswith("# Heat\n\n## 🎯 Quick Overview\n_Nothing recorded yet._\n\n## 😅 Plot, Badly Explained\n")
    assert page.endswith("## ✨ Ratings\nMembers rate films in Discord; nothing is kept here.\n")
    assert [line for line in page.split("\n") if line.startswith("## ")] == list(HEADINGS.values())
    assert page.count("_Nothing recorded yet._") == 16
    assert read_page(page, strict=True).findings == ()


@pytest.mark.parametrize(
    ("title", "year", "line"),
    [
        ("Heat", 1995, "# Heat (1995)"),
        ("1917", 2019, "# 1917 (2019)"),
        ("Heat (1995)", None, "# Heat \\(1995\\)"),
        ("Heat (1995)", 1996, "# Heat \\(1995\\) (1996)"),
        ("Awards", None, "# \\Awards"),
        ("🏆 Awards", None, "# \\🏆 Awards"),
        ("Awards", 1995, "# Awards (1995)"),
        ("# Heat", None, "# # Heat"),
        ("\\Awards", None, "# \\\\Awards"),
        ("Heat {spoiler}", None, "# Heat \\{spoiler}"),
    ],
)
def test_a_title_is_escaped_only_where_it_has_to_be(title: str, year: int | None, line: str) -> None:
    film = Film(title=title, year=year)
    assert write_page(film).split("\n")[0] == line
    assert read_page(write_page(film), strict=True).film == film


def test_the_overview_shows_units_and_dates() -> None:
    overview = Overview(
        also_known_as=("One, Two", "Three"),
        runtime=111,
        imdb=ImdbRating(rating=Decimal("7.5"), votes=139_000, as_of="2023"),
    )
    assert body(Film(title="Heat", year=1995, overview=overview), "overview") == (
        "- Also known as: One\\, Two, Three\n"
        "- Release year: 1995\n"
        "- Runtime: 1h 51min\n"
        "- IMDb rating: 7.5/10 (139,000 votes, as of 2023)"
    )


@pytest.mark.parametrize(("minutes", "text"), [(111, "1h 51min"), (120, "2h"), (45, "45min")])
def test_a_runtime_is_in_hours_and_minutes(minutes: int, text: str) -> None:
    assert runtime(minutes) == text


def test_entries_are_escaped_only_where_they_have_to_be() -> None:
    film = Film(
        title="Heat",
        badly_explained=(Line(text="A: (b) – “c” {spoiler}"), Line(text="# d", is_spoiler=True)),
        cast=(Role(character="A: B", actor="C (D)", about="e: f"), Role(actor="G")),
        similar=(SimilarFilm(title="3:10 to Yuma", year=2007), SimilarFilm(title="X: Y (1999)", why="z")),
        products=(
            LinkedItem(title="[A] B", about="c"),
            LinkedItem(title="A [B]: C", url="https://a.example", about="d"),
        ),
        awards=(Award(name="Prize (Big)", category="Best: All", year=1996, result="won", recipients=("A, Jr.", "B")),),
        soundtrack=Soundtrack(composers=("D",), tracks=(Track(title="E ” f", artist="G – H"),), paragraphs=("- i",)),
        watch=Watch(options=(WatchOption(kind="buy", providers=("A (as of 2020)",), as_of="2023"),)),
    )
    assert body(film, "badly-explained") == "- A: (b) – “c” \\{spoiler}\n- # d {spoiler}"
    assert body(film, "cast") == "- A\\: B (C \\(D\\)): e: f\n- (G)"
    assert body(film, "similar") == "- 3:10 to Yuma (2007)\n- X\\: Y \\(1999\\): z"
    assert body(film, "products") == "- \\[A] B: c\n- [A [B\\]: C](https://a.example): d"
    assert body(film, "awards") == "- Prize \\(Big\\) (Best\\: All) – 1996 – won: A\\, Jr., B"
    assert body(film, "soundtrack") == "- Composer: D\n- “E \\” f” – G – H\n\n\\- i"
    assert body(film, "watch") == "- Buy: A \\(as of 2020) (as of 2023)"
    assert read_page(write_page(film), strict=True).film == film


def test_reviews_stand_under_their_headings() -> None:
    reviews = Reviews(
        house=("One.", "## Two"),
        critics=(CriticReview(critic="A", text="b", is_quote=True), CriticReview(critic="C", text="“d” e")),
    )
    assert body(Film(title="Heat", reviews=reviews), "reviews") == (
        "### House Review\nOne.\n\n\\## Two\n\n### Professional Reviews\n- A: “b”\n- C: \\“d” e"
    )


def test_parts_without_a_heading_have_a_question_mark() -> None:
    film = Film(
        title="Heat",
        synopsis=(SynopsisPart(paragraphs=("A.",)), SynopsisPart(paragraphs=("B.",), is_spoiler=True)),
        faq=(Question(answer=("C.",)), Question(question="?", answer=("D.",))),
    )
    assert body(film, "synopsis") == "A.\n\n### ? {spoiler}\nB."
    assert body(film, "faq") == "### ?\nC.\n\n### \\?\nD."


def test_no_money_is_a_sum_too() -> None:
    film = Film(title="Heat", box_office=BoxOffice(budget=0, worldwide=1_200_000_000, notes=("A note.",)))
    assert body(film, "boxoffice") == "- Budget: $0\n- Worldwide gross: $1,200,000,000\n\nA note."
