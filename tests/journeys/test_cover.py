"""The cover mode: nothing of the ending in the channel; the button and the reaction as ever."""

import pytest

from bot.config import Settings
from tests.world import World, seen, text_of


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"spoiler_mode": "cover"})


async def test_a_covered_post_holds_nothing_of_the_ending(world: World) -> None:
    reply = await world.film("ending")

    assert seen(reply).embeds[0].description == "The ending is not shown in this channel."
    for request in world.sent("POST", "/callback"):
        assert "wow" not in str(request.json)


async def test_the_button_reveals_it_all_the_same(world: World) -> None:
    reply = await world.film("ending")

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert shown.ephemeral
    assert "is gone" in text_of(seen(shown))


async def test_the_reaction_sends_it_all_the_same(world: World) -> None:
    reply = await world.film("ending")

    await world.bob.react(seen(reply), "👁")

    assert "is gone" in text_of(world.bob.user.dm_channel.last_message)


async def test_a_private_answer_is_marked_and_not_covered(world: World) -> None:
    reply = await world.film("ending", private=True)

    assert "||" in text_of(seen(reply))
