"""The bot: its client, its command tree and the one door through which every failure is answered."""

import asyncio
import hashlib
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.catalog.store import SHARED, CatalogError, Store
from bot.catalog.titles import Titles
from bot.config import Settings

log = logging.getLogger(__name__)

# Usher never speaks in voice channels; without this discord.py warns of packages missing for it.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

Interaction = discord.Interaction["Usher"]
Clock = Callable[[], float]

EXTENSIONS = ("bot.cogs.film", "bot.cogs.reactions")
MINUTE = 60.0  # seconds
WATCHED_PEOPLE = 10_000  # people whose pace is remembered
PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, add_reactions=True, read_message_history=True
)
_GONE = frozenset({10062, 40060, 10015, 50027})  # interaction expired, answered before, webhook unknown or dead


class UserFacingError(app_commands.AppCommandError):
    """A person's mistake: `text` is one sentence that says what to do next, `view` what they can press."""

    def __init__(self, text: str, view: discord.ui.View | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.view = view


class Pace:
    """A token bucket a person: at most `per_minute` commands, then a wait."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._spacing = MINUTE / per_minute
        self._clock = clock
        self._due: OrderedDict[int, float] = OrderedDict()

    def wait(self, person: int) -> float:
        """Count one command of `person`; return 0, or the seconds to wait when it is one too many."""
        now = self._clock()
        due = max(self._due.pop(person, now), now)
        wait = due + self._spacing - now - MINUTE
        if wait <= 0:
            due += self._spacing
        self._due[person] = due
        if len(self._due) > WATCHED_PEOPLE:
            self._due.popitem(last=False)
        return max(0.0, wait)


class Tree(app_commands.CommandTree["Usher"]):
    """The command tree: keeps the pace and answers what goes wrong."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Refuse a command from somebody who sends too many."""
        if interaction.type is discord.InteractionType.application_command:
            wait = interaction.client.pace.wait(interaction.user.id)
            if wait > 0:
                raise UserFacingError(f"That was quick. Try again in {max(1, round(wait))} s.")
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer the failure of a command."""
        await answer_error(interaction, error)


class Usher(commands.AutoShardedBot):
    """The client with what its commands need: the settings, the store and the titles, built by bot.start."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        titles: Titles,
        clock: Clock = time.monotonic,
        shard_count: int | None = None,
    ) -> None:
        intents = discord.Intents(guilds=True, guild_reactions=True)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shard_count,
        )
        self.settings = settings
        self.store = store
        self.titles = titles
        self.clock = clock
        self.search_turn = asyncio.Lock()
        self.typing: dict[int, int] = {}  # person -> the interaction of the last key, while it waits its turn
        self.pace = Pace(settings.commands_per_minute, clock)

    async def setup_hook(self) -> None:
        """Load the commands, and tell Discord of them if they changed."""
        for name in EXTENSIONS:
            await self.load_extension(name)
        await self._sync_if_changed()

    async def close(self) -> None:
        """Close the connection, also of a bot that never began to log in."""
        # discord.py 2.7.1 makes the queue that closing needs only when the login begins.
        if hasattr(self, "_AutoShardedClient__queue"):
            await super().close()

    async def _sync_if_changed(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = command_hash(self.application_id, payload)
        if await self.store.note("synced commands") == digest:
            return
        await self.tree.sync()
        await self.store.keep_note("synced commands", digest)
        log.info("Told Discord of %d commands", len(payload))

    def scope_of(self, guild_id: int | None) -> int:
        """Return the scope to read in: the server's own where the bot is a member of it, else the shared one."""
        return guild_id if guild_id is not None and self.get_guild(guild_id) is not None else SHARED

    @property
    def invite(self) -> str:
        """The link that adds the bot to a server with the permissions it needs."""
        return discord.utils.oauth_url(
            self.application_id or 0, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
        )


def command_hash(application_id: int | None, payload: Sequence[Mapping[str, Any]]) -> str:
    """Return the hash of what an application's commands are told as: another bot's token means telling anew."""
    told = json.dumps([application_id, payload], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


async def answer_error(interaction: Interaction, error: Exception) -> None:
    """Tell the person, privately and in one sentence, what went wrong; log with a short id what is a bug."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        cause = error.__cause__
        error = cause if isinstance(cause, Exception) else error
    if isinstance(error, discord.HTTPException) and error.code in _GONE:
        log.info("An answer came too late: %s", error)
        return
    view = error.view if isinstance(error, UserFacingError) else None
    try:
        await _tell(interaction, _sentence(error), view)
    except discord.HTTPException as failure:
        log.info("An error could not be told: %s", failure)


def _sentence(error: Exception) -> str:
    match error:
        case UserFacingError():
            return error.text
        case app_commands.CheckFailure():
            return _refusal(error)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "That command has just changed. Try again in a minute."
        case _:
            return _unexpected(error)


def _refusal(error: app_commands.CheckFailure) -> str:
    match error:
        case app_commands.MissingPermissions():
            return f"You need {_listed(error.missing_permissions)} here to do that."
        case app_commands.BotMissingPermissions():
            return f"I need {_listed(error.missing_permissions)} here to do that. Ask a moderator."
        case app_commands.NoPrivateMessage():
            return "That works in a server only."
        case _:
            return "You cannot do that here."


def _unexpected(error: Exception) -> str:
    code = secrets.token_hex(3)
    log.error("Failure %s", code, exc_info=error)
    what = "The catalog is not readable right now" if isinstance(error, CatalogError) else "That went wrong on my side"
    return f"{what}. Try again in a minute; if it stays, tell whoever runs me the code `{code}`."


def _listed(permissions: Sequence[str]) -> str:
    return " and ".join(name.replace("_", " ").title() for name in permissions)


async def _tell(interaction: Interaction, text: str, view: discord.ui.View | None) -> None:
    shown = discord.utils.MISSING if view is None else view
    if interaction.type is discord.InteractionType.autocomplete:
        return
    if interaction.response.is_done():
        await interaction.followup.send(text, view=shown, ephemeral=True)
    else:
        await interaction.response.send_message(text, view=shown, ephemeral=True)
