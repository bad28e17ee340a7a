"""The real bot against a simulated Discord, in a page of the local browser. Needs the extra `preview`."""

import asyncio
import contextlib
import sys
import tempfile
import webbrowser
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import simcord

from bot.config import Settings, has_screen
from bot.start import open_bot

TOPIC = "Type /film ending and a few letters of a title, then pick one. Try /film help for the rest."
WELCOME = "Who has seen Leaving Las Vegas? Type `/film ending` and a few letters of the title to ask Usher."
LOOK_EVERY = 0.3  # seconds between looks for changes that the page has not seen
PAGES_ALONE = 2  # pages that the simulation counts while one browser page is open: its own comes on top
AUTOCOMPLETE = 8  # the callback type of an autocomplete answer


class PreviewError(Exception):
    """The preview cannot start; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """`port` 0 takes any free one; `is_dm` shows the direct messages instead of the server's channel."""

    port: int = 0
    is_dm: bool = False
    opens_browser: bool = True


async def preview(settings: Settings, options: PreviewOptions) -> None:
    """Serve the preview until it is closed in the page or cancelled."""
    with tempfile.TemporaryDirectory(prefix="usher-") as folder:
        private = settings.model_copy(update={"database": Path(folder) / "preview.sqlite3", "token": None})
        async with _served(private, options) as page:
            _say(f"Usher preview: {page.url}")
            _say("To go live: put DISCORD_TOKEN=your token into a file .env beside the README, then start again.")
            if options.opens_browser and has_screen():
                webbrowser.open(page.url)
            watcher = asyncio.create_task(_watch(page))
            try:
                await page.wait_closed()
            finally:
                watcher.cancel()


@asynccontextmanager
async def _served(settings: Settings, options: PreviewOptions) -> AsyncGenerator[Any]:
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(open_bot(settings, shard_count=1))
        env = await stack.enter_async_context(simcord.run(bot, check_errors=False))
        if bot.user is not None:
            await bot.user.edit(username="Usher")
        await env.advance_time(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))
        guild = env.create_guild("The Picture House")
        channel = guild.create_text_channel("film-talk", topic=TOPIC)
        you = guild.add_member(env.create_user("you"))
        friend = guild.add_member(env.create_user("friend"))
        await friend.send(channel, WELCOME)
        shown, viewers = (you.user.dm_channel, [you.user]) if options.is_dm else (channel, [you, friend])
        try:
            page = env.preview(
                shown,
                viewers=viewers,
                layout="channel",
                port=options.port or None,
                presentation_time=env.now(),
            )
            await stack.enter_async_context(page)
        except simcord.SetupError as error:
            raise PreviewError(f"The preview cannot start: {str(error).rstrip('.')}.") from error
        yield page


async def _watch(page: Any) -> None:  # noqa: ANN401 (the simulation has no public type for it)
    """Print the direct messages, which the page cannot show beside a channel; show one page's changes in the others.

    A refresh that meets an action of a page fails that action (simcord 3.2.1), so there is none while a single page is
    open, and otherwise only once the requests have come to rest.
    """
    seen, is_stale = 0, False
    while True:
        await asyncio.sleep(LOOK_EVERY)
        requests = page.env.http_requests
        news, seen = requests[seen:], len(requests)
        for request in news:
            _print_dm(page, request)
        if any(not _is_autocomplete(request) for request in news):
            is_stale = True
        elif is_stale and not news and len(page._pages) > PAGES_ALONE:  # noqa: SLF001 (nothing public counts them)
            with contextlib.suppress(simcord.SetupError):  # an action is under way: the next look tries again
                await page.refresh()
                is_stale = False


def _body(request: simcord.HttpLogEntry) -> dict[str, Any]:
    body: Any = request.json
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def _is_autocomplete(request: simcord.HttpLogEntry) -> bool:
    return _body(request).get("type") == AUTOCOMPLETE


def _print_dm(page: Any, request: simcord.HttpLogEntry) -> None:  # noqa: ANN401
    dms = {f"/channels/{viewer.dm_channel.id}/messages": viewer.name for viewer in _users(page)}
    if request.method == "POST" and request.path in dms:
        for embed in _body(request).get("embeds") or ():
            _say(f"[DM to {dms[request.path]}] {embed.get('title', '')}: {embed.get('description', '')}")


def _users(page: Any) -> list[Any]:  # noqa: ANN401
    return [getattr(viewer, "user", viewer) for viewer in page.viewers]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
