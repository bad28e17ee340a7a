"""Where it is asked: in a DM with the bot, and as a user's own app where the bot is no member."""

import discord
from discord import app_commands

from tests.world import LEAVING, World, custom_id, seen, text_of


async def test_a_dm_answers_like_a_server(world: World) -> None:
    reply = await world.alice.user.slash("film overview", title="leaving las vegas")

    assert seen(reply).embeds[0].title == LEAVING


async def test_in_a_dm_the_ending_has_the_button_and_no_reaction(world: World) -> None:
    reply = await world.alice.user.slash("film ending", title="leaving las vegas")

    assert [each for each in world.env.http_requests if "/reactions/" in each.path] == []
    shown = await world.alice.user.click(seen(reply), label="Reveal to me")
    assert "is gone" in text_of(seen(shown))
    assert "||" not in text_of(seen(shown))


async def test_in_a_dm_the_menu_moves_the_card(world: World) -> None:
    reply = await world.alice.user.slash("film overview", title="leaving las vegas")

    moved = await world.alice.user.select(seen(reply), ["cast"], custom_id=custom_id(seen(reply), "us1:menu:"))

    assert seen(moved).id == seen(reply).id


async def test_the_commands_can_be_installed_by_a_user_and_used_everywhere(world: World) -> None:
    group = world.bot.tree.get_command("film")

    assert isinstance(group, app_commands.Group)
    payload = group.to_dict(world.bot.tree)
    assert payload["integration_types"] == [0, 1]
    assert payload["contexts"] == [0, 1, 2]


async def test_a_server_that_the_bot_is_not_in_reads_the_shared_catalog(world: World) -> None:
    assert world.bot.scope_of(123456789) == 0
    assert world.bot.scope_of(None) == 0
    assert world.bot.scope_of(world.guild.id) == world.guild.id


async def test_the_bot_asks_for_two_intents_and_keeps_no_members_or_messages(world: World) -> None:
    assert world.bot.intents == discord.Intents(guilds=True, guild_reactions=True)
    assert world.bot._connection.member_cache_flags == discord.MemberCacheFlags.none()
    assert world.bot._connection.max_messages is None
    assert world.bot.allowed_mentions is not None
    assert world.bot.allowed_mentions.to_dict() == {"parse": []}


async def test_the_invite_asks_for_what_is_needed_and_no_more(world: World) -> None:
    assert f"client_id={world.bot.application_id}" in world.bot.invite
    assert "permissions=85056" in world.bot.invite
    assert "scope=bot+applications.commands" in world.bot.invite


async def test_in_a_server_that_the_bot_is_not_in_the_ending_has_the_button_alone(world: World) -> None:
    world.bot._connection._guilds.clear()  # as where only the asker has installed the app

    reply = await world.film("ending")

    assert [each for each in world.env.http_requests if "/reactions/" in each.path] == []
    assert await world.bot.store.post(seen(reply).id) is None
    shown = await world.bob.click(seen(reply), label="Reveal to me")
    assert shown.ephemeral
    assert "is gone" in text_of(seen(shown))
