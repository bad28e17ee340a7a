"""A newcomer's two minutes: the preview page in a real browser, from the first letters to the revealed ending."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bot.config import ROOT

PATIENCE = 20_000  # milliseconds; a bound, not a measure
FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
COVERED = "he looks at her once more, says “wow”, and is gone."


@pytest.fixture
def browser() -> str:
    """Return the path of a Chromium; skip where there is none, unless one is required."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    if os.environ.get("USHER_BROWSER_REQUIRED"):
        pytest.fail("Chromium is required and not installed")
    pytest.skip("Chromium is not installed")


@pytest.fixture
def preview_url() -> Iterator[str]:
    """Start the preview as a newcomer does and return the address that it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("USHER_", "DISCORD_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "--no-browser"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"Usher preview: (\S+)", process.stdout.readline())
        assert found is not None
        yield found[1]
        process.terminate()
        printed, _ = process.communicate(timeout=PATIENCE / 1000)
        assert process.returncode == 0
        assert "[DM to you] Leaving Las Vegas (1995): Ben brings another woman home" in printed
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _ask(page: Page) -> None:
    """Type the command, then a misspelt title, and take what is offered."""
    composer = page.locator("#channel-composer-input")
    composer.click()
    composer.press_sequentially("/film ending", delay=20)
    expect(page.get_by_text("Explain a film's ending, hidden until you ask for it.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The film; a few letters will do")).to_be_visible()
    page.keyboard.type("leavin las", delay=20)
    page.get_by_role("option", name="Leaving Las Vegas (1995)").click()
    page.locator("#send-message").click()


def _react(page: Page) -> None:
    """Press the reaction; simcord's page drops a press while it is still busy with the one before."""
    for _ in range(5):
        page.get_by_role("button", name="👁 1", exact=True).click()
        with contextlib.suppress(AssertionError):
            expect(page.get_by_role("button", name="👁 2", exact=True)).to_be_visible(timeout=4_000)
            return
    pytest.fail("The reaction was never taken")


def test_a_newcomer_asks_for_an_ending_and_reveals_it(browser: str, preview_url: str, tmp_path: Path) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1000, "height": 960})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(preview_url)
        _ask(page)

        bars = page.get_by_role("button", name="Reveal spoiler")
        ending = page.get_by_role("paragraph").filter(has_text=COVERED)
        expect(bars).to_have_count(5)
        assert COVERED not in page.locator("body").aria_snapshot()
        page.mouse.move(0, 0)
        page.screenshot(path=os.environ.get("USHER_SCREENSHOT") or tmp_path / "preview.png")

        bars.nth(1).click()
        expect(bars).to_have_count(4)
        assert COVERED in page.locator("body").aria_snapshot()

        page.get_by_role("button", name="Reveal to me").click()
        expect(page.get_by_text("Only you can see this")).to_be_visible()
        expect(ending.last).to_be_visible()

        _react(page)
        page.wait_for_timeout(1_000)  # the terminal hears of the DM within a third of a second
        chromium.close()
