"""Cards are pure: the same film and look give the same card, and every section has one."""

from bot.pages.model import Film, Line, Overview, Quote, Role
from bot.pages.sections import SECTIONS
from bot.ui.cards import CARDS, Look, card, synopsis_page

POSTER = "https://image.tmdb.org/t/p/w500/poster.jpg"
FILM = Film(
    title="The Ark",
    year=2001,
    overview=Overview(poster=POSTER, directors=("Noa Builder",)),
    ending=("They land.",),
    quotes=tuple(Quote(words=f"Line {number}. {'word ' * 60}", is_spoiler=number == 9) for number in range(12)),
    badly_explained=(Line(text="The boat sinks.", is_spoiler=True), Line(text="A zoo moves.")),
    cast=(Role(character="Noa", actor="Ann Ross"), Role(character="Bear", actor="Bo Lund", is_spoiler=True)),
)


def test_every_section_but_three_is_a_list_of_its_own() -> None:
    assert set(CARDS) == {section.key for section in SECTIONS} - {"overview", "ending", "ratings"}


def test_the_poster_shows_on_every_section_but_the_ending() -> None:
    shown = [section.key for section in SECTIONS if card(FILM, section.key).embed.thumbnail.url == POSTER]

    assert shown == [section.key for section in SECTIONS if section.key != "ending"]


def test_a_poster_of_another_host_never_shows() -> None:
    film = FILM.model_copy(update={"overview": Overview(poster="https://evil.example/poster.jpg")})

    assert card(film, "cast").embed.thumbnail.url is None


def test_the_overview_opens_with_a_joke_that_gives_nothing_away() -> None:
    made = card(FILM, "overview")

    assert made.embed.description == "*A zoo moves.*"
    assert [each.value for each in made.embed.fields if each.name == "With"] == ["Ann Ross"]


def test_a_film_of_the_index_says_that_it_has_only_facts() -> None:
    made = card(FILM, "overview", Look(has_page=False))

    assert made.embed.description == "*Only the facts so far: nobody has written this film's page yet.*"


def test_long_sections_page_and_a_page_past_the_last_is_the_last() -> None:
    first, last = card(FILM, "quotes"), card(FILM, "quotes", Look(page=99))

    assert (first.page, first.pages) == (0, 2)
    assert (last.page, last.pages) == (1, 2)
    assert last.embed.footer.text == "Page 2 of 2"


def test_only_the_page_with_a_hidden_entry_offers_to_reveal_it() -> None:
    assert [card(FILM, "quotes", Look(page=page)).hides for page in range(2)] == [False, True]


def test_revealing_opens_the_page_on_which_the_hidden_entry_stands() -> None:
    covered = [page for page in range(2) if card(FILM, "quotes", Look(page=page)).hides]
    opened = card(FILM, "quotes", Look(page=covered[0], is_open=True, is_reveal=True))

    assert "Line 9." in (opened.embed.description or "")
    assert not opened.hides


def test_a_part_of_the_synopsis_begins_on_a_page_of_its_own() -> None:
    assert synopsis_page(FILM, 1) == 0
