"""Typing it wrong: a guess says so, several films are asked about, none is said to be none."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.catalog.titles import Choice
from bot.ui.options import FilmOption
from tests.world import LEAVING, World, component_ids, custom_id, seen, text_of


async def test_a_guess_offers_the_other_films_in_a_menu(world: World) -> None:
    reply = await world.film("cast", "the shawshank redemtion of")

    assert "Matched ‘the shawshank redemtion of’." in text_of(seen(reply))


async def test_namesakes_are_asked_about_privately_with_year_and_director(world: World) -> None:
    reply = await world.film("quotes", "solaris")

    assert reply.ephemeral
    labels = [item["label"] for row in seen(reply).components for item in row["components"]]
    assert "Solaris (1972) · Andrei Tarkovsky" in labels
    assert "Solaris (2002) · Steven Soderbergh" in labels


async def test_a_picked_film_opens_in_the_section_that_was_asked_for(world: World) -> None:
    asked = await world.film("quotes", "solaris")

    picked = await world.alice.click(seen(asked), custom_id=component_ids(seen(asked))[0])

    assert not picked.ephemeral
    assert seen(picked).embeds[0].author.name == "💬 Memorable Quotes"
    assert seen(picked).embeds[0].title in {"Solaris (1972)", "Solaris (2002)"}


async def test_a_private_question_stays_private_after_the_pick(world: World) -> None:
    asked = await world.film("quotes", "solaris", private=True)

    picked = await world.alice.click(seen(asked), custom_id=component_ids(seen(asked))[0])

    assert picked.ephemeral


async def test_a_picker_works_after_a_restart(world: World) -> None:
    asked = await world.film("quotes", "solaris")
    await world.restart()

    picked = await world.alice.click(seen(asked), custom_id=component_ids(seen(asked))[0])

    assert "Solaris" in text_of(seen(picked))


async def test_no_film_of_that_name_names_the_three_nearest(world: World) -> None:
    reply = await world.film("overview", "qqqq zzzz xxxx")

    assert reply.ephemeral
    assert text_of(seen(reply)).startswith("No film called ‘qqqq zzzz xxxx’.")
    assert len(component_ids(seen(reply))) <= 3


async def test_symbols_alone_get_a_hint(world: World) -> None:
    for typed in ("   ", "?!", "||", "*"):
        reply = await world.film("overview", typed)
        assert reply.ephemeral
        assert text_of(seen(reply)) == "Type a film title, or part of one."


async def test_what_was_typed_is_echoed_short_and_harmless(world: World) -> None:
    reply = await world.film("overview", "||@everyone|| " + "zq" * 3000)

    shown = text_of(seen(reply))
    assert reply.ephemeral
    assert "||" not in shown
    assert len(shown) < 250
    for data in world.answers():
        assert data.get("allowed_mentions", {"parse": []}) == {"parse": []}


async def test_a_year_or_an_imdb_id_settles_it(world: World) -> None:
    for typed, title in (("psycho 1960", "Psycho (1960)"), ("Psycho (1998)", "Psycho (1998)"), ("tt0113627", LEAVING)):
        reply = await world.film("overview", typed)
        assert seen(reply).embeds[0].title == title
        assert not reply.ephemeral


async def test_choices_show_title_and_year_while_typing(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "film ending", "title", "leaving l")

    assert choices[0] == {"name": LEAVING, "value": LEAVING}
    assert len(choices) <= 25


async def test_an_empty_box_offers_well_known_films(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "film ending", "title", "")

    assert len(choices) == 25
    assert all(choice["name"] == choice["value"] and len(choice["name"]) <= 100 for choice in choices)


async def test_the_empty_box_offers_what_was_asked_for_here_but_not_in_private(world: World) -> None:
    await world.film("cast", "solaris 1972", private=True)
    first = await world.alice.autocomplete(world.channel, "film cast", "title", "")
    assert first[0]["name"] != "Solaris (1972)"

    await world.film("cast", "solaris 1972")
    then = await world.bob.autocomplete(world.channel, "film cast", "title", "")
    assert then[0]["name"] == "Solaris (1972)"


async def test_another_film_can_be_picked_under_a_guess(world: World) -> None:
    reply = await world.film("cast", "psyco 1960")
    menu = custom_id(seen(reply), "us1:swap:")
    (options,) = [
        item["options"] for row in seen(reply).components for item in row["components"] if item.get("custom_id") == menu
    ]

    moved = await world.alice.select(seen(reply), [options[0]["value"]], custom_id=menu)

    assert seen(moved).id == seen(reply).id
    assert seen(moved).embeds[0].title == options[0]["label"]


async def test_of_keys_typed_faster_than_they_are_answered_only_the_last_is_searched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    suggest = world.bot.titles.suggest

    def counted(text: str, *rest: int) -> list[Choice]:
        asked.append(text)
        return suggest(text, *rest)

    monkeypatch.setattr(world.bot.titles, "suggest", counted)
    option = FilmOption()

    async def press(number: int, text: str) -> int:
        pressed: Any = SimpleNamespace(client=world.bot, user=SimpleNamespace(id=1), id=number, guild_id=None)
        return len(await option.autocomplete(pressed, text))

    found = await asyncio.gather(*(press(number, "leaving las"[: number + 1]) for number in range(10)))

    assert asked == ["leaving la"]
    assert found[:9] == [0] * 9
    assert found[9] > 0
    assert world.bot.typing == {}
