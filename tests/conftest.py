"""What every test can ask for: settings that touch nothing outside, a store, the bot, and a small world to act in."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.catalog.load import load
from bot.catalog.store import Store, open_store
from bot.config import ROOT, Settings
from tests.world import FakeClock

# What the environment may tell the tests themselves: the reference folder, that a browser must be there, and where the
# picture for the README goes.
FOR_TESTS = {"USHER_REFERENCE", "USHER_BROWSER_REQUIRED", "USHER_SCREENSHOT"}


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name == "DISCORD_TOKEN" or (name.startswith("USHER_") and name not in FOR_TESTS):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture(autouse=True)
def _own_logging() -> Generator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("discord").setLevel(logging.NOTSET)


@pytest.fixture
def reference() -> Path:
    """Return the reference folder; skip where there is none."""
    folder = os.environ.get("USHER_REFERENCE")
    if not folder:
        pytest.skip("USHER_REFERENCE is not set")
    return Path(folder)


@pytest.fixture(scope="session")
def loaded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that holds the shipped catalog, made once; tests work on copies of it."""
    path = tmp_path_factory.mktemp("catalog") / "usher.sqlite3"

    async def work() -> None:
        async with open_store(path) as opened:
            await load(opened, ROOT / "data")

    asyncio.run(work())
    return path


@pytest.fixture
def settings(tmp_path: Path, loaded_database: Path) -> Settings:
    shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3")
    return Settings.model_validate(
        {
            "USHER_DATABASE": tmp_path / "usher.sqlite3",
            "USHER_DATA": ROOT / "data",
            "USHER_COMMANDS_PER_MINUTE": 10_000,
        }
    )


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    async with open_store(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
