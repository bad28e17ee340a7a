"""The command line: parses, calls, prints; nothing else."""

import argparse
import asyncio
import contextlib
import gc
import json
import logging
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from bot.config import Settings, SettingsError, read_settings


class CommandError(Exception):
    """A command cannot go on; the text is the one line that is printed."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 well, 1 failed, 2 not understood."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
        given = ["run", *given]
    asked = _parser().parse_args(given)
    try:
        return int(asked.does(asked) or 0)
    except (CommandError, SettingsError) as error:
        print(f"usher: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        return 0
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Usher, a film guide for Discord servers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run the bot; without DISCORD_TOKEN, the preview (default)")
    _add_preview_options(run)
    run.set_defaults(does=_run)

    preview = commands.add_parser("preview", help="try the bot in a browser, without a token")
    _add_preview_options(preview)
    preview.set_defaults(does=_preview)

    page = commands.add_parser("page", help="check or show film pages").add_subparsers(required=True, metavar="ACTION")
    check = page.add_parser("check", help="list errors and gaps, FILE:LINE: error|warning: message")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.set_defaults(does=_check)
    show = page.add_parser("show", help="print what was understood of a page")
    show.add_argument("file", metavar="FILE")
    show.add_argument("--json", action="store_true", help="print the model as JSON")
    show.set_defaults(does=_show)

    find = commands.add_parser("find", help="show which film a text means, and why")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--json", action="store_true", help="print it as JSON")
    find.set_defaults(does=_find)

    catalog = commands.add_parser("catalog", help="load, count or build the catalog")
    actions = catalog.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("load", help="bring the database up to date with data/").set_defaults(does=_load)
    actions.add_parser("stats", help="count films, pages and sections").set_defaults(does=_stats)
    build = actions.add_parser("build-index", help="make data/index/films.jsonl from a file of film facts")
    build.add_argument("source", metavar="SOURCE", help="films.jsonl or films.jsonl.gz")
    build.add_argument("--limit", type=int, default=500, metavar="N", help="how many films, the best known first")
    build.set_defaults(does=_build_index)
    return parser


def _add_preview_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port of the preview; any free one by default"
    )
    parser.add_argument("--dm", action="store_true", help="preview the direct messages with the bot")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port between 0 and 65535")
    return int(text)


def _run(asked: argparse.Namespace) -> int:
    settings = _settings()
    if settings.token is None:
        return _preview(asked)
    return _until_stopped(_live(settings))


def _preview(asked: argparse.Namespace) -> int:
    settings = _settings()
    if settings.log_level == "INFO":
        # A newcomer reads the address and no more; importing the simulation alone makes discord.py warn.
        logging.getLogger().setLevel(logging.WARNING)
        logging.getLogger("discord").setLevel(logging.ERROR)
    try:
        from bot.preview import PreviewError, PreviewOptions, preview
    except ModuleNotFoundError as error:
        raise CommandError(
            f"The preview needs the package {error.name}: pip install -r requirements-preview.lock."
            " Or set DISCORD_TOKEN to connect to Discord."
        ) from None
    options = PreviewOptions(asked.port, asked.dm, not asked.no_browser)
    try:
        return _until_stopped(preview(settings, options))
    except PreviewError as error:
        raise CommandError(str(error)) from None


async def _live(settings: Settings) -> None:
    import aiohttp
    import discord

    from bot.start import open_bot

    token = settings.token.get_secret_value().strip() if settings.token else ""
    async with open_bot(settings) as bot:
        try:
            await bot.login(token)
            print(f"Usher is {bot.user}. Invite link: {bot.invite}", flush=True)
            gc.freeze()  # what start-up made stays for good; looking through it again would hold the loop up for 15 ms
            await bot.connect()
        except discord.LoginFailure:
            raise CommandError("Discord refused DISCORD_TOKEN. Copy it again from the Developer Portal.") from None
        except discord.PrivilegedIntentsRequired:
            raise CommandError(
                "Discord refused the connection's intents. Usher needs none that are privileged."
            ) from None
        except (aiohttp.ClientConnectionError, OSError) as error:
            raise CommandError(f"Discord cannot be reached: {error}. Check the network and start again.") from None
        except discord.HTTPException as error:
            raise CommandError(f"Discord answered {error.status}. Wait a minute and start again.") from None
        except discord.DiscordException as error:
            raise CommandError(f"Discord broke off: {str(error).rstrip('.')}. Wait a minute and start again.") from None


def _until_stopped(work: Coroutine[Any, Any, None]) -> int:
    """Run `work`; SIGINT and SIGTERM end it in good order with exit code 0."""
    from bot.catalog.load import DataFolderError
    from bot.catalog.store import CatalogError

    async def guarded() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its event loop
                loop.add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    try:
        asyncio.run(guarded())
    except (CatalogError, DataFolderError) as error:
        raise CommandError(str(error)) from None
    return 0


def _check(asked: argparse.Namespace) -> int:
    from bot.pages.command import check

    return check(asked.files)


def _show(asked: argparse.Namespace) -> int:
    from bot.pages.command import show

    return show(asked.file, as_json=asked.json)


def _load(_asked: argparse.Namespace) -> int:
    from bot.catalog.load import load
    from bot.catalog.store import open_store

    settings = _settings()

    async def work() -> None:
        async with open_store(settings.database) as store:
            loaded = await load(store, settings.data)
        for problem in loaded.problems:
            print(problem, file=sys.stderr)
        print(f"{loaded.added} added, {loaded.changed} changed, {loaded.removed} removed")

    return _until_stopped(work())


def _stats(_asked: argparse.Namespace) -> int:
    from bot.catalog.store import open_store

    settings = _settings()

    async def work() -> None:
        async with open_store(settings.database, read_only=True) as store:
            counts = await store.counts()
        print(f"{counts.films} films, {counts.pages} with a page")
        for key, count in sorted(counts.sections.items()):
            print(f"{key:16} {count}")

    return _until_stopped(work())


def _find(asked: argparse.Namespace) -> int:
    from bot.catalog.store import open_store
    from bot.catalog.titles.finding import find, told
    from bot.catalog.titles.opening import read_titles

    settings = _settings()

    async def work() -> None:
        async with open_store(settings.database, read_only=True) as store:
            titles = await read_titles(store, settings.database.with_suffix(".titles"))
        found = find(titles, asked.text)
        print(json.dumps(found, ensure_ascii=False, indent=2) if asked.json else told(found))

    return _until_stopped(work())


def _build_index(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.catalog.index import BadIndexError, build_index

    settings = _settings()
    target = settings.data / "index" / "films.jsonl"
    try:
        count = build_index(Path(asked.source), target, asked.limit)
    except (BadIndexError, OSError) as error:
        raise CommandError(str(error)) from None
    print(f"{count} films written to {target}")
    return 0


def _settings() -> Settings:
    from bot.logs import set_up

    settings = read_settings()
    set_up(settings.log_level)
    return settings


if __name__ == "__main__":
    sys.exit(main())
