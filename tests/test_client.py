"""The door for errors and the pace, apart from any command."""

import pytest
from discord import app_commands

from bot.client import Pace, UserFacingError, _sentence


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
