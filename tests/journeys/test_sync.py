"""What Discord is told of the commands: only when it changed, and within Discord's rules."""

import re
from typing import Any

from bot.client import Usher, command_hash
from tests.world import World, check_requests

NAME = re.compile(r"^[-_\w]{1,32}$")


def _payload(bot: Usher) -> list[dict[str, Any]]:
    return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


def _size(node: dict[str, Any]) -> int:
    own = len(node["name"]) + len(node.get("description", ""))
    choices = sum(len(str(choice["name"])) + len(str(choice["value"])) for choice in node.get("choices") or ())
    return own + choices + sum(_size(option) for option in node.get("options") or ())


def _check(node: dict[str, Any], depth: int) -> None:
    assert NAME.match(node["name"])
    assert node["name"] == node["name"].lower()
    assert 1 <= len(node["description"]) <= 100
    options: list[dict[str, Any]] = node.get("options") or []
    assert len(options) <= 25
    assert len({option["name"] for option in options}) == len(options)
    assert len(node.get("choices") or ()) <= 25
    assert not (node.get("choices") and node.get("autocomplete"))
    required = [bool(option.get("required")) for option in options if option["type"] > 2]
    assert required == sorted(required, reverse=True)
    assert depth <= 2
    for option in options:
        _check(option, depth + 1)


async def test_the_commands_keep_discords_rules(world: World) -> None:
    payload = _payload(world.bot)

    assert [command["name"] for command in payload] == ["film"]
    for command in payload:
        assert _size(command) <= 8000
        _check(command, 0)


async def test_film_has_the_commands_of_its_plan(world: World) -> None:
    (film,) = _payload(world.bot)

    assert {option["name"] for option in film["options"]} == {
        *("overview", "trailer", "badly-explained", "synopsis", "ending", "cast", "quotes", "boxoffice", "reviews"),
        *(
            "warnings",
            "awards",
            "behind",
            "watch",
            "similar",
            "products",
            "soundtrack",
            "faq",
            "bonus",
            "random",
            "help",
        ),
    }


async def test_every_title_box_is_required_and_completes(world: World) -> None:
    (film,) = _payload(world.bot)

    for command in film["options"]:
        for option in command.get("options") or ():
            if option["name"] == "title":
                assert option["required"]
                assert option["autocomplete"]


async def test_commands_are_told_once_and_again_only_when_they_change(world: World) -> None:
    assert len(world.sent("PUT", "/commands")) == 1

    await world.restart()
    assert len(world.sent("PUT", "/commands")) == 1

    await world.bot.store.keep_note("synced commands", "of an older version")
    await world.restart()
    assert len(world.sent("PUT", "/commands")) == 2


async def test_the_hash_tells_applications_and_commands_apart(world: World) -> None:
    payload = _payload(world.bot)
    known = await world.bot.store.note("synced commands")

    assert command_hash(world.bot.application_id, payload) == known
    assert command_hash(42, payload) != known
    assert command_hash(world.bot.application_id, [{**payload[0], "description": "other"}]) != known


async def test_the_synced_payload_passes_the_checks_of_the_reference(world: World) -> None:
    (told,) = world.sent("PUT", "/commands")

    assert told.json
    check_requests([told])
