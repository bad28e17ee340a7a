"""The further boxes of a command: parts, people, views, regions, questions, genres; and what bad input gets."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.pages.model import (
    BoxOffice,
    CriticReview,
    Film,
    Line,
    Overview,
    Question,
    Quote,
    Reviews,
    Role,
    SimilarFilm,
    Soundtrack,
    SynopsisPart,
    Watch,
    WatchOption,
)
from tests.world import World, seen, text_of, write_shelf

ARK = Film(
    title="The Ark",
    year=2001,
    overview=Overview(
        genres=("Drama",), runtime=100, directors=("Noa Builder",), trailer="https://www.youtube.com/watch?v=abc"
    ),
    synopsis=(
        SynopsisPart(heading="Rain", paragraphs=("It rains.",)),
        SynopsisPart(heading="The dove does not return", paragraphs=("A secret.",), is_spoiler=True),
    ),
    cast=(
        Role(character="Noa", actor="Ann Ross", about="Builds."),
        Role(character="The Stowaway", actor="Bo Lund", about="A secret.", is_spoiler=True),
    ),
    quotes=(Quote(words="Two of each.", speaker="Noa"), Quote(words="Land!", speaker="Dove")),
    box_office=BoxOffice(budget=1_000_000, worldwide=3_000_000, as_of="2020"),
    reviews=Reviews(house=("Wet.",), critics=(CriticReview(critic="A Critic", text="Long."),)),
    watch=Watch(
        paragraphs=("On disc.",),
        options=(
            WatchOption(kind="rent", region="US", providers=("Shop",), as_of="2026-08"),
            WatchOption(kind="disc", region="GB", providers=("Other",)),
        ),
    ),
    similar=(SimilarFilm(title="Water", year=1999, why="Wet too."),),
    soundtrack=Soundtrack(paragraphs=("Mostly rain.",)),
    faq=(
        Question(question="Is it wet?", answer=("Yes.",)),
        Question(question="Who is the stowaway?", answer=("A secret.",), is_spoiler=True),
        Question(answer=("Forty days.",)),
    ),
    badly_explained=(Line(text="A zoo moves."),),
)
RAFT = Film(
    title="The Raft",
    year=2002,
    overview=Overview(genres=("Drama", "War"), runtime=200, directors=("Noa Builder",)),
    box_office=BoxOffice(worldwide=1_000_000),
)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data": write_shelf(tmp_path / "data", ARK, RAFT)})


async def _answer(world: World, command: str, title: str | None = "the ark", **options: object) -> str:
    return text_of(seen(await world.film(command, title, **options)))


async def test_one_role_is_picked_by_character_or_actor(world: World) -> None:
    assert "Ann Ross" in await _answer(world, "cast", who="noa")
    assert "Stowaway" not in await _answer(world, "cast", who="Ann Ross")


async def test_an_unknown_role_names_the_closest_and_no_hidden_one(world: World) -> None:
    shown = await _answer(world, "cast", who="stowaway")

    assert shown == "No character or actor in this film called ‘stowaway’. Closest: ‘Noa’, ‘Ann Ross’."


async def test_a_hidden_role_stays_hidden_in_the_list(world: World) -> None:
    shown = await _answer(world, "cast")

    assert "🙈 Spoiler hidden" in shown
    assert "Stowaway" not in shown
    assert "Bo Lund" not in shown


async def test_revealing_lays_the_hidden_role_open_for_one_person(world: World) -> None:
    reply = await world.film("cast", "the ark")

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert shown.ephemeral
    assert "**The Stowaway** · Bo Lund" in text_of(seen(shown))


async def test_names_are_offered_for_the_film_typed_before(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film cast", "who", "n", title="the ark")
    nothing = await world.alice.autocomplete(world.channel, "film cast", "who", "n", title="qqq")

    assert [choice["value"] for choice in offered] == ["Noa", "Ann Ross"]
    assert nothing == []


async def test_quotes_are_picked_by_speaker(world: World) -> None:
    shown = await _answer(world, "quotes", by="dove")

    assert "Land!" in shown
    assert "Two of each." not in shown
    assert "Closest: ‘Noa’" in await _answer(world, "quotes", by="Japheth")


async def test_speakers_are_offered(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film quotes", "by", "", title="the ark")

    assert [choice["value"] for choice in offered] == ["Noa", "Dove"]


async def test_two_films_are_compared_and_missing_figures_are_not_zero(world: World) -> None:
    shown = await _answer(world, "boxoffice", versus="the raft")

    assert "**The Ark (2001)** took $2 million more worldwide. Not adjusted for inflation." in shown
    assert "**Budget** not known" in shown
    assert "$0" not in shown


async def test_a_film_is_not_compared_with_itself(world: World) -> None:
    shown = await _answer(world, "boxoffice", versus="the ark")

    assert shown == "Both titles are The Ark (2001). Pick another film to compare it with."


async def test_takings_say_how_fresh_they_are(world: World) -> None:
    assert "as of 2020" in await _answer(world, "boxoffice")


async def test_one_view_of_the_reviews(world: World) -> None:
    shown = await _answer(world, "reviews", view="critics")

    assert "A Critic" in shown
    assert "Wet." not in shown


async def test_an_empty_view_names_the_filled_ones(world: World) -> None:
    shown = await _answer(world, "reviews", view="audience")

    assert shown == "No reviews under ‘audience’ yet. Filled for this film: personal and critics."


async def test_offers_are_shown_for_a_region(world: World) -> None:
    shown = await _answer(world, "watch", region="us")

    assert "Rent: Shop (as of August 2026)" in shown
    assert "may have changed" in shown
    assert "Other" not in shown


async def test_an_unknown_region_names_those_there_are(world: World) -> None:
    shown = await _answer(world, "watch", region="zz")

    assert shown == "Nothing is known for ‘zz’. There is something for GB, US."


async def test_regions_are_offered(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film watch", "region", "u", title="the ark")

    assert [choice["value"] for choice in offered] == ["US"]


async def test_one_question_is_answered(world: World) -> None:
    shown = await _answer(world, "faq", question="is it wet")

    assert "**Is it wet?**\nYes." in shown
    assert "Forty days" not in shown


async def test_a_hidden_question_is_neither_offered_nor_named(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film faq", "question", "", title="the ark")

    assert [choice["value"] for choice in offered] == ["Is it wet?"]
    assert "stowaway?" not in (await _answer(world, "faq", question="who is it")).replace("‘who is it’", "")


async def test_an_answer_whose_question_is_not_recorded_says_so(world: World) -> None:
    shown = await _answer(world, "faq")

    assert "**Question not recorded**\nForty days." in shown
    assert "stowaway" not in shown


async def test_a_hidden_part_of_the_synopsis_hides_its_heading_too(world: World) -> None:
    shown = await _answer(world, "synopsis", part=2)

    assert "**Part 2**\n\n*🙈 Spoiler hidden*" in shown
    assert "dove" not in shown


async def test_revealing_a_page_opens_the_entry_that_it_hides(world: World) -> None:
    reply = await world.film("synopsis", "the ark", part=2)

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert "**2. The dove does not return**\n\nA secret." in text_of(seen(shown))


async def test_music_without_tracks_says_so(world: World) -> None:
    shown = await _answer(world, "soundtrack")

    assert "Mostly rain." in shown
    assert "*No tracks listed.*" in shown


async def test_a_trailer_is_sent_as_a_plain_link_that_plays(world: World) -> None:
    reply = await world.film("trailer", "the ark")

    assert seen(reply).content == "https://www.youtube.com/watch?v=abc"

    moved = await world.alice.select(seen(reply), ["cast"])
    assert seen(moved).content == ""


async def test_a_missing_joke_names_a_film_that_has_one(world: World) -> None:
    shown = await _answer(world, "badly-explained", "the raft")

    assert "No joke yet about **The Raft (2002)**.\n\nThe Ark (2001) has one." in shown


async def test_missing_similar_films_are_found_automatically_and_labelled(world: World) -> None:
    shown = await _answer(world, "similar", "the raft")

    assert "Found automatically, by director and genre:" in shown
    assert "**The Ark** (2001)" in shown


async def test_a_random_film_fits_the_filters(world: World) -> None:
    for _ in range(5):
        assert "The Raft (2002)" in await _answer(world, "random", None, genre="war")
        assert "The Ark (2001)" in await _answer(world, "random", None, max_minutes=120)


async def test_when_nothing_fits_each_filter_says_what_it_took_out(world: World) -> None:
    shown = await _answer(world, "random", None, genre="war", max_minutes=60)

    assert shown == (
        "Nothing fits: of 2 films, the genre takes out 1 film and the length takes out 2 films. Drop a filter."
    )


async def test_an_unknown_genre_names_the_closest(world: World) -> None:
    assert "Closest:" in await _answer(world, "random", None, genre="romance")


async def test_genres_are_offered(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film random", "genre", "")

    assert [choice["value"] for choice in offered] == ["Drama", "War"]


async def test_help_lists_every_command_of_this_bot(world: World) -> None:
    shown = await _answer(world, "help", None)

    for name in ("overview", "ending", "badly-explained", "random", "help"):
        assert f"**/film {name}**" in shown


async def test_help_on_one_command_explains_its_boxes(world: World) -> None:
    shown = await _answer(world, "help", None, topic="boxoffice")

    assert "/film boxoffice" in shown
    assert "versus (if you like)" in shown
    assert "No command called ‘popcorn’." in await _answer(world, "help", None, topic="popcorn")


async def test_topics_are_offered(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "film help", "topic", "en")

    assert offered[0]["value"] == "ending"
