"""A small simulated Discord to act in, and ways to read what was answered."""

import importlib.util
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import discord
import simcord

from bot.client import Usher
from bot.pages.model import Film
from bot.pages.writer import write_page

LEAVING = "Leaving Las Vegas (1995)"
Opener = Callable[[], Awaitable[Usher]]


class FakeClock:
    """A clock that a test moves; in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class World:
    """A server with a channel, two members and a moderator; what they do goes through the real bot."""

    env: simcord.Env
    bot: Usher
    clock: FakeClock
    open_another: Opener
    guild: simcord.GuildHandle = field(init=False)
    channel: simcord.ChannelHandle = field(init=False)
    alice: simcord.MemberActor = field(init=False)
    bob: simcord.MemberActor = field(init=False)
    mod: simcord.MemberActor = field(init=False)
    expected_bugs: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.guild = self.env.create_guild("Picture House")
        self.channel = self.guild.create_text_channel("film-talk")
        keeper = self.guild.create_role("Keeper", permissions=discord.Permissions(manage_messages=True))
        self.alice = self.guild.add_member(self.env.create_user("alice"))
        self.bob = self.guild.add_member(self.env.create_user("bob"))
        self.mod = self.guild.add_member(self.env.create_user("mod"), roles=[keeper])

    async def film(self, command: str, title: str | None = LEAVING, **options: Any) -> simcord.InteractionResult:  # noqa: ANN401
        """Let Alice use `/film command`."""
        given = options if title is None else {"title": title, **options}
        return await self.alice.slash(self.channel, f"film {command}", **given)

    async def restart(self) -> None:
        self.bot = await self.open_another()
        await self.env.restart_bot(self.bot)

    def sent(self, method: str, ending: str) -> list[simcord.HttpLogEntry]:
        """Return the requests of `method` whose path ends with `ending`."""
        return [each for each in self.env.http_requests if each.method == method and each.path.endswith(ending)]

    def answers(self) -> list[dict[str, Any]]:
        """Return what every interaction was answered with."""
        return [body_of(each)["data"] for each in self.sent("POST", "/callback")]


def body_of(request: simcord.HttpLogEntry) -> dict[str, Any]:
    """Return the JSON object that a request sent."""
    body: Any = request.json
    assert isinstance(body, dict)
    return cast("dict[str, Any]", body)


def seen(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """Return the message that answered."""
    assert result.response is not None
    return result.response


def text_of(message: simcord.ResponseMessage | discord.Message | None) -> str:
    """Return all text that a message shows: content and every part of its embeds."""
    assert message is not None
    embeds = [embed for each in message.embeds for embed in _embed_texts(each)]
    return "\n".join([message.content, *embeds])


def _embed_texts(embed: discord.Embed) -> list[str]:
    fields = [text for each in embed.fields for text in (each.name or "", each.value or "")]
    texts = [embed.author.name, embed.title, embed.description, *fields, embed.footer.text]
    return [text for text in texts if text]


def component_ids(message: simcord.ResponseMessage, *, only_enabled: bool = False) -> list[str]:
    """Return the custom ids under a message, in order."""
    return [
        item["custom_id"]
        for row in message.components
        for item in row["components"]
        if "custom_id" in item and not (only_enabled and item.get("disabled"))
    ]


def custom_id(message: simcord.ResponseMessage, start: str) -> str:
    """Return the one custom id under a message that begins with `start`."""
    (found,) = [each for each in component_ids(message) if each.startswith(start)]
    return found


def check_requests(requests: list[simcord.HttpLogEntry]) -> None:
    rules = _rules()
    if rules is not None:
        errors = [str(each) for each in rules.validate(requests) if each.severity == "error"]
        assert errors == []


def _rules() -> ModuleType | None:
    folder = os.environ.get("USHER_REFERENCE")
    if not folder:
        return None
    if (known := sys.modules.get("validate_payloads")) is not None:
        return known
    spec = importlib.util.spec_from_file_location(
        "validate_payloads", Path(folder) / "discord" / "validate_payloads.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = cast("Any", importlib.util.module_from_spec(spec))
    sys.modules["validate_payloads"] = module
    spec.loader.exec_module(module)
    return module


def write_shelf(folder: Path, *films: Film) -> Path:
    """Write a data folder that holds just these films, and return it."""
    (folder / "films").mkdir(parents=True, exist_ok=True)
    for number, film in enumerate(films):
        (folder / "films" / f"film-{number}.md").write_text(write_page(film), encoding="utf-8")
    return folder
