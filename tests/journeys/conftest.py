"""The bot in a simulated Discord; every request that a journey makes is checked against Discord's rules."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest_asyncio
import simcord

from bot.client import UserFacingError, Usher
from bot.config import Settings
from bot.start import open_bot
from tests.world import FakeClock, Opener, World, check_requests


@pytest_asyncio.fixture
async def opened(settings: Settings, clock: FakeClock) -> AsyncGenerator[Opener]:
    """Return a way to open further bots on the same database, all closed when the test ends."""
    async with AsyncExitStack() as stack:

        async def another() -> Usher:
            return await stack.enter_async_context(open_bot(settings, clock=clock, shard_count=1))

        yield another


@pytest_asyncio.fixture
async def simcord_bot(opened: Opener) -> Usher:
    return await opened()


@pytest_asyncio.fixture
async def world(
    simcord_env: simcord.Env, simcord_bot: Usher, clock: FakeClock, opened: Opener
) -> AsyncGenerator[World]:
    made = World(simcord_env, simcord_bot, clock, opened)
    yield made
    check_requests(made.env.http_requests)
    # A person's mistake is part of a journey; anything else that a command raised is a bug, unless the test expects it.
    bugs = [error for error in made.env.errors if not isinstance(error, UserFacingError)]
    assert [str(bug) for bug in bugs] == made.expected_bugs
