"""A real pasted page with all its gaps. It is not part of the project; USHER_REFERENCE says where it is."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from bot.pages.reader import Reading, read_page, read_page_bytes
from bot.pages.writer import write_page

REFERENCE = os.environ.get("USHER_REFERENCE")
pytestmark = pytest.mark.skipif(REFERENCE is None, reason="USHER_REFERENCE names no folder with the reference page")


@pytest.fixture(scope="module")
def seed() -> Reading:
    return read_page_bytes((Path(os.environ["USHER_REFERENCE"]) / "seed/leaving-las-vegas.txt").read_bytes())


def test_its_facts_are_typed(seed: Reading) -> None:
    overview = seed.film.overview
    assert seed.film.name == "Leaving Las Vegas (1995)"
    assert overview.directors == ("Mike Figgis",)
    assert overview.genres == ("Drama", "Romance", "Psychological Drama", "Tragedy")
    assert overview.runtime == 111
    assert overview.imdb is not None
    assert (overview.imdb.rating, overview.imdb.votes) == (Decimal("7.5"), 139_000)
    assert overview.tomatoes is not None
    assert overview.tomatoes.percent == 90
    assert overview.trailer is None
    office = seed.film.box_office
    assert (office.budget, office.domestic, office.worldwide) == (3_600_000, 32_030_000, 32_030_000)


def test_its_sections_are_complete(seed: Reading) -> None:
    film = seed.film
    assert [len(part.paragraphs) for part in film.synopsis] == [1, 1, 1, 1]
    assert all(part.heading for part in film.synopsis)
    assert len(film.badly_explained) == 1
    assert film.ending == ()
    assert [(role.character, role.actor) for role in film.cast] == [
        ("Ben Sanderson", "Nicolas Cage"),
        ("Sera", "Elisabeth Shue"),
        ("Yuri Butso", "Julian Sands"),
        ("Peter", "Richard Lewis"),
    ]
    assert [quote.speaker for quote in film.quotes] == [
        "Ben Sanderson",
        "Ben Sanderson",
        "Sera",
        "Ben Sanderson",
        "Sera",
    ]
    assert all(quote.context and not set("“”") & set(quote.words) for quote in film.quotes)
    assert len(film.behind_the_scenes) == 4
    assert not any(set("“”") & set(line.text) for line in film.behind_the_scenes)
    assert len(film.watch.paragraphs) == 1
    assert [(other.title, other.year) for other in film.similar] == [
        ("The Lost Weekend", 1945),
        ("Days of Wine and Roses", 1962),
        ("Fear and Loathing in Las Vegas", 1998),
        ("Requiem for a Dream", 2000),
        ("Sid and Nancy", 1986),
    ]
    assert [product.title for product in film.products[:2]] == [
        "Leaving Las Vegas (Blu-ray)",
        "Nicolas Cage: 5-Film Collection [DVD]",
    ]
    assert len(film.products) == 4
    assert (len(film.soundtrack.paragraphs), film.soundtrack.tracks) == (2, ())
    assert [(item.url, item.about is not None) for item in film.bonus] == [(None, True)] * 3


def test_its_reviews_are_complete(seed: Reading) -> None:
    reviews = seed.film.reviews
    assert (len(reviews.house), len(reviews.enjoyed_by), len(reviews.warnings)) == (1, 4, 6)
    assert not any(set("“”") & set(text) for text in (*reviews.enjoyed_by, *reviews.warnings))
    assert [(review.critic, review.is_quote) for review in reviews.critics] == [
        ("Roger Ebert", True),
        ("Janet Maslin", True),
        ("Kenneth Turan", True),
    ]
    assert len(reviews.audience) == 2
    assert all(reaction.text and not reaction.headline.endswith(".") for reaction in reviews.audience)
    assert len(reviews.consensus) == 1


def test_its_award_is_no_more_than_it_says(seed: Reading) -> None:
    (award,) = seed.film.awards
    assert (award.name, award.category, award.year, award.result, award.recipients) == (
        "Academy Award",
        "Best Actor",
        1996,
        None,
        (),
    )


def test_only_the_answer_that_tells_the_ending_is_hidden(seed: Reading) -> None:
    film = seed.film
    assert [(question.question, question.is_spoiler) for question in film.faq] == [
        (None, False),
        (None, False),
        (None, False),
        (None, True),
    ]
    others = (*film.synopsis, *film.cast, *film.quotes, *film.behind_the_scenes, *film.similar, *film.bonus)
    assert not any(entry.is_spoiler for entry in (*others, *film.reviews.critics, *film.reviews.audience))


def test_every_gap_is_reported_with_its_line_and_nothing_else(seed: Reading) -> None:
    assert [(found.line, found.severity, found.message) for found in seed.findings] == [
        (2, "warning", "Add a link to the trailer."),
        (24, "warning", "Fill the section “Spoilers and Ending Explained”, or state that nothing is recorded."),
        (39, "warning", "Check which of the two is meant; domestic and worldwide gross are equal."),
        (56, "warning", "Close the quotation mark that opens here."),
        (57, "warning", "Close the quotation mark that opens here."),
        (58, "warning", "Close the quotation mark that opens here."),
        (74, "warning", "Start each entry of this section with “- ”."),
        (80, "warning", "Add links here; 4 of 4 have none."),
        (85, "warning", "Add the tracks; the soundtrack has text but no tracks."),
        (89, "warning", "Add the question to this answer."),
        (90, "warning", "Add the question to this answer."),
        (91, "warning", "Add the question to this answer."),
        (92, "warning", "Check this entry; it seems to tell the ending and was marked as a spoiler."),
        (92, "warning", "Add the question to this answer."),
        (93, "warning", "Add links here; 3 of 3 have none."),
    ]
    assert [aside.line for aside in seed.aside] == [74]


def test_it_survives_being_written_and_read(seed: Reading) -> None:
    page = write_page(seed.film)
    assert read_page(page, strict=True).film == seed.film
    assert read_page(page).film == seed.film
