"""When something breaks: one sentence and a short id for the person, the rest in the log, and no secret in it."""

import logging
import re

import discord
import pytest

from bot.config import Settings
from bot.logs import redact, set_up
from tests.world import World, component_ids, custom_id, seen, text_of


async def test_a_bug_in_a_command_is_answered_with_an_id_that_is_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(world.bot.store, "has_page", broken)
    world.expected_bugs = ["Command 'overview' raised an exception: ZeroDivisionError: a secret detail"]

    reply = await world.film("overview")

    assert reply.ephemeral
    shown = text_of(seen(reply))
    found = re.search(r"the code `([0-9a-f]{6})`", shown)
    assert found is not None
    assert "secret" not in shown
    assert f"Failure {found[1]}" in caplog.text
    assert "a secret detail" in caplog.text


async def test_a_bug_under_a_card_is_answered_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = await world.film("overview")

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(world.bot.store, "film", broken)
    moved = await world.alice.select(seen(reply), ["cast"], custom_id=custom_id(seen(reply), "us1:menu:"))

    assert moved.ephemeral
    assert text_of(seen(moved)).startswith("That went wrong on my side.")


async def test_a_broken_database_is_said_to_be_unreadable(world: World) -> None:
    async with world.bot.store._transaction() as db:
        await db.execute("DROP TABLE page_genre")
        await db.execute("DROP TABLE page")
    world.expected_bugs = [
        "Failed to convert Leaving Las Vegas (1995) to FilmOption",
    ]

    reply = await world.film("cast")

    assert reply.ephemeral
    assert text_of(seen(reply)).startswith("The catalog is not readable right now.")


async def test_autocomplete_never_raises(world: World, caplog: pytest.LogCaptureFixture) -> None:
    for typed in ("", "   ", "\ud800", '%_"*', "x" * 6000, "\x00\x01", "七人", "||", "😀"):
        choices = await world.alice.autocomplete(world.channel, "film ending", "title", typed)
        assert len(choices) <= 25
        assert all(1 <= len(choice["name"]) <= 100 for choice in choices)

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_an_answer_that_comes_too_late_is_let_go(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    failure = "404 Not Found (error code: 10062): Internal Server Error (injected by test)"
    world.expected_bugs = [f"Command 'overview' raised an exception: NotFound: {failure}"]

    await world.film("overview")

    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_card_of_another_version_says_that_it_is_old(world: World) -> None:
    for old in ("us0:sec:1:cast", "us2:menu:1:2", "us1:menu:abc:1", "us1:page:1:cast:99999:1:c", "us:x"):
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Old", custom_id=old))
        view.stop()
        channel = world.bot.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("an old card", view=view, allowed_mentions=discord.AllowedMentions.none())
        answer = await world.alice.click(message, label="Old")
        assert answer.ephemeral
        assert text_of(seen(answer)) == "This card is old. Run /film again."


async def test_forged_ids_are_refused_politely(world: World) -> None:
    for forged, words in (
        ("us1:menu:999999999999999999:1", "That film was removed. Ask for another with /film."),
        ("us1:page:1:nonsense:1:1:c", "This card is old. Run /film again."),
        ("us1:pick:999999:cast:p", "That film was removed. Ask for another with /film."),
    ):
        view = discord.ui.View(timeout=None)
        if ":menu:" in forged:
            options = [discord.SelectOption(label="Cast", value="cast")]
            view.add_item(discord.ui.Select(custom_id=forged, options=options))
        else:
            view.add_item(discord.ui.Button(label="Forged", custom_id=forged))
        view.stop()
        channel = world.bot.get_channel(world.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("a forged card", view=view, allowed_mentions=discord.AllowedMentions.none())
        answer = await (
            world.alice.select(message, ["cast"]) if ":menu:" in forged else world.alice.click(message, label="Forged")
        )
        assert text_of(seen(answer)) == words


async def test_an_open_page_forged_onto_a_public_card_answers_the_presser_alone(world: World) -> None:
    reply = await world.film("ending")
    film_id = custom_id(seen(reply), "us1:menu:").split(":")[2]
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Forged", custom_id=f"us1:page:{film_id}:ending:0:{world.alice.id}:o"))
    view.stop()
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("a forged card", view=view, allowed_mentions=discord.AllowedMentions.none())

    answer = await world.alice.click(message, label="Forged")

    assert answer.ephemeral
    assert world.channel.last_message is not None
    assert "is gone" not in text_of(world.channel.last_message)


async def test_a_custom_id_never_fits_two_handlers(world: World) -> None:
    patterns = list(world.bot._connection._view_store._dynamic_items)
    ids = [
        "us1:menu:1:2",
        "us1:swap:cast:2",
        "us1:page:1:badly-explained:0:2:o",
        "us1:show:1:ending:0",
        "us1:drop:2",
        "us1:pick:1:cast:e",
        "us0:menu:1:2",
        "us2:whatever",
        "us1:menu:1:2:3",
        "us1:menu:x:2",
    ]
    for each in ids:
        assert sum(pattern.fullmatch(each) is not None for pattern in patterns) == 1, each
    assert not any(pattern.fullmatch("somebody:else") for pattern in patterns)


async def test_every_id_under_every_card_fits_one_handler_within_a_hundred_characters(world: World) -> None:
    patterns = list(world.bot._connection._view_store._dynamic_items)
    for command in ("overview", "synopsis", "ending", "faq"):
        reply = await world.film(command, "leavin las vegas")
        for each in component_ids(seen(reply)):
            assert len(each) <= 100
            assert sum(pattern.fullmatch(each) is not None for pattern in patterns) == 1


class TestPace:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"commands_per_minute": 3})

    async def test_too_many_commands_are_told_when_to_try_again(self, world: World) -> None:
        for _ in range(3):
            assert "Leaving Las Vegas" in text_of(seen(await world.film("cast")))

        refused = await world.film("cast")
        assert refused.ephemeral
        assert text_of(seen(refused)) == "That was quick. Try again in 20 s."
        other = await world.bob.slash(world.channel, "film cast", title="leaving las vegas")
        assert "Leaving Las Vegas" in text_of(seen(other))

        world.clock.now += 21
        assert "Leaving Las Vegas" in text_of(seen(await world.film("cast")))


def test_logs_hold_no_token_at_any_level(capsys: pytest.CaptureFixture[str]) -> None:
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105 (nobody's)
    set_up("DEBUG")
    logging.getLogger("discord.http").debug("POST https://discord.com/api/v10/interactions/1/aW50ZXJhY3Rpb24/callback")
    logging.getLogger("discord.http").debug("PATCH /webhooks/12/aW50ZXJhY3Rpb246/messages/@original")
    logging.getLogger("discord.gateway").debug("payload %s", {"op": 2, "d": {"token": token}})
    logging.getLogger("x").error("Authorization: Bot %s", token)
    written = capsys.readouterr().err
    assert "aW50" not in written
    assert token not in written
    assert written.count("[token]") == 4


def test_text_without_secrets_is_left_alone() -> None:
    assert redact("Catalog: 650 added, 0 changed") == "Catalog: 650 added, 0 changed"
