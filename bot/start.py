"""Opening and closing the bot: the store, the titles, the client. Run, preview and tests all come through here."""

import logging
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.catalog.load import load
from bot.catalog.store import Store, open_store
from bot.catalog.titles.opening import open_titles
from bot.client import Clock, Usher
from bot.config import Settings

BAR_AFTER = 1.0  # seconds of work from which a progress bar is shown
BAR_WIDTH = 24  # characters

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
        titles = await open_titles(store, settings.database.with_suffix(".titles"), Bar("Preparing titles"))
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


class Bar:
    """A progress bar on a terminal's stderr, for work that takes longer than a second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()

    def __call__(self, share: float) -> None:
        """Show that `share` of the work is done, 0 to 1."""
        if time.monotonic() - self._begun < BAR_AFTER or not sys.stderr.isatty():
            return
        filled = round(share * BAR_WIDTH)
        end = "\n" if share >= 1 else ""
        sys.stderr.write(f"\r{self._what} [{'#' * filled}{' ' * (BAR_WIDTH - filled)}] {share:4.0%}{end}")
        sys.stderr.flush()


async def load_catalog(store: Store, settings: Settings) -> None:
    """Bring the shared catalog up to date and log what changed and what is wrong with which file."""
    loaded = await load(store, settings.data)
    for problem in loaded.problems:
        log.warning("Left as it was: %s", problem)
    if not loaded.is_unchanged:
        log.info("Catalog: %d added, %d changed, %d removed", loaded.added, loaded.changed, loaded.removed)
