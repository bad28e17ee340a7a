"""What every test can ask for: settings that touch nothing outside, a store, the bot, and a small world to act in."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.catalog.store import Store, open_store
from bot.config import ROOT, Settings
from tests.world import FakeClock


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name == "DISCORD_TOKEN" or (name.startswith("USHER_") and name != "USHER_REFERENCE"):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def reference() -> Path:
    """Return the reference folder; skip where there is none."""
    folder = os.environ.get("USHER_REFERENCE")
    if not folder:
        pytest.skip("USHER_REFERENCE is not set")
    return Path(folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
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
