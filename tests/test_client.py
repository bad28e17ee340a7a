"""The door for errors and the pace, apart from any command."""

import pytest
from discord import app_commands

from bot.client import Pace, UserFacingError, _sentence
from bot.config import Settings
from bot.start import open_bot


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserFacingError("Pick another film."), "Pick another film."),
        (app_commands.MissingPermissions(["manage_messages"]), "You need Manage Messages here to do that."),
        (
            app_commands.BotMissingPermissions(["embed_links", "add_reactions"]),
            "I need Embed Links and Add Reactions here to do that. Ask a moderator.",
        ),
        (app_commands.NoPrivateMessage(), "That works in a server only."),
        (app_commands.CheckFailure(), "You cannot do that here."),
        (app_commands.CommandNotFound("film", []), "That command has just changed. Try again in a minute."),
    ],
)
def test_every_kind_of_refusal_has_one_sentence(error: Exception, sentence: str) -> None:
    assert _sentence(error) == sentence


def test_a_person_gets_their_commands_back_one_by_one() -> None:
    now = 0.0
    pace = Pace(6, lambda: now)

    assert [pace.wait(1) for _ in range(6)] == [0.0] * 6
    assert pace.wait(1) == 10.0
    assert pace.wait(2) == 0.0
    now = 10.0
    assert pace.wait(1) == 0.0
    assert pace.wait(1) == 10.0


def test_the_pace_forgets_people_who_were_here_long_ago() -> None:
    pace = Pace(6, lambda: 0.0)

    for person in range(10_001):
        pace.wait(person)

    assert len(pace._due) == 10_000
    assert 0 not in pace._due


async def test_a_bot_that_never_logged_in_closes_well(settings: Settings) -> None:
    async with open_bot(settings) as bot:
        assert bot.titles.suggest("leaving")[0].label == "Leaving Las Vegas (1995)"

    with pytest.raises(ZeroDivisionError):
        async with open_bot(settings):
            raise ZeroDivisionError
