"""Opening and closing the bot: the store, the titles, the client. Run, preview and tests all come through here."""

import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.catalog.load import load
from bot.catalog.store import Store, open_store
from bot.catalog.titles import Titles
from bot.client import Clock, Usher
from bot.config import Settings

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_bot(
    settings: Settings, *, clock: Clock = time.monotonic, shard_count: int | None = None
) -> AsyncGenerator[Usher]:
    """Open the store, load the shipped catalog and build the bot, not yet connected; close all of it in reverse.

    Raises CatalogError or DataFolderError when the database or the data folder cannot be used.
    """
    async with open_store(settings.database) as store:
        await load_catalog(store, settings)
        titles = Titles(await store.names())
        bot = Usher(
            settings=settings,
            store=store,
            titles=titles,
            clock=clock,
            shard_count=shard_count or settings.shards,
        )
        try:
            yield bot
        finally:
            if not bot.is_closed():
                await bot.close()


async def load_catalog(store: Store, settings: Settings) -> None:
    """Bring the shared catalog up to date and log what changed and what is wrong with which file."""
    loaded = await load(store, settings.data)
    for problem in loaded.problems:
        log.warning("Left as it was: %s", problem)
    if not loaded.is_unchanged:
        log.info("Catalog: %d added, %d changed, %d removed", loaded.added, loaded.changed, loaded.removed)
