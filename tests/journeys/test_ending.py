"""The ending: covered in the channel, open to whoever presses or reacts, and to nobody else."""

import discord
import pytest

from bot.cogs import reactions
from tests.world import World, custom_id, seen, text_of

EYE = "👁"


async def test_the_ending_is_covered_paragraph_by_paragraph(world: World) -> None:
    reply = await world.film("ending")

    shown = seen(reply).embeds[0].description or ""
    paragraphs = shown.split("\n\n")
    assert len(paragraphs) == 5
    assert all(each.startswith("||") and each.endswith("||") for each in paragraphs)
    assert "says “wow”, and is gone" in shown


async def test_pressing_reveals_it_to_that_person_alone(world: World) -> None:
    reply = await world.film("ending")

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert shown.ephemeral
    assert "||" not in text_of(seen(shown))
    assert "says “wow”, and is gone" in text_of(seen(shown))
    assert "||" in text_of(world.channel.history()[0])


async def test_reacting_sends_it_by_dm(world: World) -> None:
    reply = await world.film("ending")

    await world.bob.react(seen(reply), EYE)

    message = world.bob.user.dm_channel.last_message
    assert "says “wow”, and is gone" in text_of(message)
    assert "||" not in text_of(message)


async def test_the_other_form_of_the_emoji_counts_as_well(world: World) -> None:
    reply = await world.film("ending")

    await world.bob.react(seen(reply), EYE + "\ufe0f")

    assert "is gone" in text_of(world.bob.user.dm_channel.last_message)


async def test_the_bot_seeds_the_reaction_and_keeps_the_post_first(world: World) -> None:
    reply = await world.film("ending")

    (seeded,) = [each for each in world.env.http_requests if each.method == "PUT" and "/reactions/" in each.path]
    assert str(seen(reply).id) in seeded.path
    post = await world.bot.store.post(seen(reply).id)
    assert post is not None
    assert post.section == "ending"


async def test_a_card_from_before_a_restart_still_answers_the_reaction(world: World) -> None:
    reply = await world.film("ending")
    await world.restart()

    await world.bob.react(seen(reply), EYE)

    assert "is gone" in text_of(world.bob.user.dm_channel.last_message)


async def test_a_card_from_before_a_restart_still_answers_the_button(world: World) -> None:
    reply = await world.film("ending")
    await world.restart()

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert shown.ephemeral
    assert "is gone" in text_of(seen(shown))


async def test_reactions_that_mean_nothing_cost_no_request(world: World) -> None:
    ending = await world.film("ending")
    other = await world.film("overview")
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    before = len(world.env.http_requests)

    await world.bob.react(seen(ending), "🍿")
    await world.bob.react(seen(other), EYE)
    await robot.react(seen(ending), EYE)

    assert world.env.http_requests[before:] == []


async def test_the_same_person_twice_in_ten_seconds_is_answered_once(world: World) -> None:
    reply = await world.film("ending")

    for _ in range(3):
        await world.bob.react(seen(reply), EYE)
        await world.bob.unreact(seen(reply), EYE)
        world.clock.now += 3
    assert len(world.bob.user.dm_channel.history()) == 1

    world.clock.now += 2
    await world.bob.react(seen(reply), EYE)
    assert len(world.bob.user.dm_channel.history()) == 2


async def test_closed_dms_break_nothing_and_are_remembered_for_a_day(world: World) -> None:
    reply = await world.film("ending")
    dm = world.bob.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=50007)

    await world.bob.react(seen(reply), EYE)
    assert await world.bot.store.is_dm_closed(world.bob.id)
    before = len(world.env.http_requests)
    world.clock.now += 60
    await world.bob.unreact(seen(reply), EYE)
    await world.bob.react(seen(reply), EYE)

    assert world.env.http_requests[before:] == []
    shown = await world.bob.click(seen(reply), label="Reveal to me")
    assert "is gone" in text_of(seen(shown))


async def test_the_bot_takes_its_reaction_back_when_the_card_moves_on(world: World) -> None:
    reply = await world.film("ending")

    await world.alice.select(seen(reply), ["cast"], custom_id=custom_id(seen(reply), "us1:menu:"))
    assert [each.method for each in world.env.http_requests if "/reactions/" in each.path] == ["PUT", "DELETE"]

    await world.bob.react(seen(reply), EYE)
    assert world.bob.user.dm_channel.last_message is None


async def test_a_card_that_moves_to_the_ending_gets_the_reaction(world: World) -> None:
    reply = await world.film("overview")

    await world.alice.select(seen(reply), ["ending"], custom_id=custom_id(seen(reply), "us1:menu:"))
    await world.bob.react(seen(reply), EYE)

    assert "is gone" in text_of(world.bob.user.dm_channel.last_message)


async def test_a_private_ending_gets_no_reaction(world: World) -> None:
    reply = await world.film("ending", private=True)

    assert reply.ephemeral
    assert [each for each in world.env.http_requests if "/reactions/" in each.path] == []


async def test_without_the_right_to_react_the_button_is_there_alone(world: World) -> None:
    me = world.guild.me
    assert me is not None
    quiet = world.guild.create_text_channel("quiet", overwrites={me: discord.PermissionOverwrite(add_reactions=False)})

    reply = await world.alice.slash(quiet, "film ending", title="leaving las vegas")

    assert [each for each in world.env.http_requests if "/reactions/" in each.path] == []
    assert "Press “Reveal to me” to read it alone." in text_of(seen(reply))
    shown = await world.bob.click(seen(reply), label="Reveal to me")
    assert "is gone" in text_of(seen(shown))


async def test_a_reaction_that_discord_refuses_leaves_the_card_standing(world: World) -> None:
    world.env.inject_error("PUT", "/channels/*/messages/*/reactions/*/@me", status=403, code=50013)

    reply = await world.film("ending")

    assert "||" in text_of(seen(reply))


async def test_an_ending_that_nobody_has_written_says_so_without_a_reaction(world: World) -> None:
    reply = await world.film("ending", "psycho 1960")

    assert text_of(seen(reply)).endswith("No ending for **Psycho (1960)** yet.")
    assert [each for each in world.env.http_requests if "/reactions/" in each.path] == []


async def test_the_outbox_lets_five_go_at_once_and_then_one_a_second() -> None:
    now = 100.0
    outbox = reactions.Outbox(lambda: now)

    assert [outbox.delay() for _ in range(8)] == [0, 0, 0, 0, 0, 1, 2, 3]


async def test_the_outbox_refuses_what_would_wait_over_a_minute() -> None:
    outbox = reactions.Outbox(lambda: 100.0)

    delays = [outbox.delay() for _ in range(70)]

    assert delays[64] == 60
    assert delays[65:] == [None] * 5


async def test_the_outbox_never_sends_more_than_a_burst_in_any_second() -> None:
    now = 0.0
    outbox = reactions.Outbox(lambda: now)
    sent: list[float] = []
    for step in range(200):
        now = step * 0.1
        delay = outbox.delay()
        if delay is not None:
            sent.append(now + delay)

    sent.sort()
    assert all(later - earlier >= 0.999 for earlier, later in zip(sent, sent[5:], strict=False))


@pytest.mark.parametrize("code", [50007, 50278])
async def test_every_way_of_refusing_dms_is_remembered(world: World, code: int) -> None:
    reply = await world.film("ending")
    dm = world.bob.user.dm_channel
    world.env.inject_error("POST", f"/channels/{dm.id}/messages", status=403, code=code)

    await world.bob.react(seen(reply), EYE)

    assert await world.bot.store.is_dm_closed(world.bob.id)
