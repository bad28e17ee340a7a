"""Moving a card: the asker's menu moves it, a stranger gets a card of their own, and it works for ever."""

from bot.pages.sections import SECTIONS
from tests.world import World, custom_id, seen, text_of


async def test_the_menu_lists_every_section_and_marks_the_empty_ones(world: World) -> None:
    reply = await world.film("overview")

    options = seen(reply).components[0]["components"][0]["options"]
    assert [option["value"] for option in options] == [section.key for section in SECTIONS]
    empty = [option["value"] for option in options if option.get("description") == "nothing here yet"]
    assert empty == ["trailer", "bonus", "ratings"]


async def test_the_asker_moves_the_card_in_place(world: World) -> None:
    reply = await world.film("overview")

    moved = await world.alice.select(seen(reply), ["awards"], custom_id=custom_id(seen(reply), "us1:menu:"))

    assert seen(moved).id == seen(reply).id
    assert seen(moved).embeds[0].author.name == "🏆 Awards"


async def test_a_stranger_gets_a_private_card_and_the_public_one_stays(world: World) -> None:
    reply = await world.film("overview")

    own = await world.bob.select(seen(reply), ["awards"], custom_id=custom_id(seen(reply), "us1:menu:"))

    assert own.ephemeral
    assert seen(own).embeds[0].author.name == "🏆 Awards"
    assert world.channel.last_message is not None
    assert world.channel.history()[0].embeds[0].author.name == "🎯 Quick Overview"


async def test_a_stranger_moves_their_own_card_from_there_on(world: World) -> None:
    reply = await world.film("overview")
    own = await world.bob.select(seen(reply), ["awards"], custom_id=custom_id(seen(reply), "us1:menu:"))

    moved = await world.bob.select(seen(own), ["faq"], custom_id=custom_id(seen(own), "us1:menu:"))

    assert seen(moved).id == seen(own).id
    assert seen(moved).embeds[0].author.name == "🤨 FAQ"


async def test_pages_turn_forth_and_back(world: World) -> None:
    reply = await world.film("synopsis")
    assert "Page 1 of 4" in text_of(seen(reply))

    after = await world.alice.click(seen(reply), label="More ▶")
    assert "Page 2 of 4" in text_of(seen(after))

    before = await world.alice.click(seen(after), label="◀ Back")
    assert "Page 1 of 4" in text_of(seen(before))


async def test_a_part_of_the_synopsis_opens_on_its_page(world: World) -> None:
    reply = await world.film("synopsis", part=3)

    assert "Page 3 of 4" in text_of(seen(reply))


async def test_a_part_past_the_last_names_the_parts_there_are(world: World) -> None:
    reply = await world.film("synopsis", part=9)

    assert reply.ephemeral
    assert text_of(seen(reply)) == "The synopsis has parts 1–4. Pick one of them."


async def test_the_asker_removes_the_card(world: World) -> None:
    reply = await world.film("overview")

    await world.alice.click(seen(reply), custom_id=custom_id(seen(reply), "us1:drop:"))

    assert world.channel.history() == []


async def test_a_moderator_removes_the_card(world: World) -> None:
    reply = await world.film("overview")

    await world.mod.click(seen(reply), custom_id=custom_id(seen(reply), "us1:drop:"))

    assert world.channel.history() == []


async def test_a_stranger_cannot_remove_the_card(world: World) -> None:
    reply = await world.film("overview")

    refused = await world.bob.click(seen(reply), custom_id=custom_id(seen(reply), "us1:drop:"))

    assert refused.ephemeral
    assert text_of(seen(refused)) == "Only the person who asked, or a moderator, can remove this card."
    assert len(world.channel.history()) == 1


async def test_an_old_card_answers_after_a_restart(world: World) -> None:
    reply = await world.film("synopsis")
    await world.restart()

    turned = await world.alice.click(seen(reply), label="More ▶")
    assert "Page 2 of 4" in text_of(seen(turned))

    moved = await world.alice.select(seen(turned), ["cast"], custom_id=custom_id(seen(turned), "us1:menu:"))
    assert seen(moved).embeds[0].author.name == "🎬 Cast and Characters"


async def test_an_older_card_outlives_newer_ones_that_were_moved_and_removed(world: World) -> None:
    old = await world.film("overview")
    new = await world.film("overview")
    for key in ("cast", "ending", "quotes", "trailer"):
        new = await world.alice.select(seen(new), [key], custom_id=custom_id(seen(new), "us1:menu:"))
    await world.alice.click(seen(new), custom_id=custom_id(seen(new), "us1:drop:"))

    moved = await world.alice.select(seen(old), ["awards"], custom_id=custom_id(seen(old), "us1:menu:"))

    assert seen(moved).embeds[0].author.name == "🏆 Awards"


async def test_nothing_of_a_card_is_kept_in_memory(world: World) -> None:
    for _ in range(3):
        await world.film("overview")

    views = world.bot._connection._view_store._views
    assert views == {}


async def test_a_removed_film_is_said_to_be_removed(world: World) -> None:
    reply = await world.film("overview")
    film_id = int(custom_id(seen(reply), "us1:menu:").split(":")[2])
    async with world.bot.store._transaction() as db:
        await db.execute("DELETE FROM page WHERE film_id = ?", (film_id,))

    moved = await world.alice.select(seen(reply), ["cast"], custom_id=custom_id(seen(reply), "us1:menu:"))

    assert moved.ephemeral
    assert text_of(seen(moved)) == "That film was removed. Ask for another with /film."
