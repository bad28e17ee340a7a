"""A film of which nothing is known but its title: every section still answers."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.pages.model import Film
from bot.pages.sections import SECTIONS
from tests.world import World, seen, text_of, write_shelf

WORDS = {
    "overview": "Nothing but the title is known so far.",
    "trailer": "No trailer stored for **The Quiet One**.",
    "badly-explained": "No joke yet about **The Quiet One**.",
    "synopsis": "No synopsis for **The Quiet One** yet.",
    "ending": "No ending for **The Quiet One** yet.",
    "cast": "No cast list for **The Quiet One** yet.",
    "quotes": "No quotes for **The Quiet One** yet.",
    "boxoffice": "No box office figures for **The Quiet One** yet.",
    "reviews": "No reviews for **The Quiet One** yet.",
    "warnings": "None listed for **The Quiet One**. That is not a promise that there are none.",
    "awards": "No awards for **The Quiet One** yet.",
    "behind": "No stories from behind the scenes for **The Quiet One** yet.",
    "watch": "No word on where to watch for **The Quiet One** yet.",
    "similar": "No similar films for **The Quiet One** yet.",
    "products": "No related products for **The Quiet One** yet.",
    "soundtrack": "No soundtrack for **The Quiet One** yet.",
    "faq": "No questions and answers for **The Quiet One** yet.",
    "bonus": "No bonus content for **The Quiet One** yet.",
    "ratings": "No reviews yet of **The Quiet One**.",
}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data": write_shelf(tmp_path / "data", Film(title="The Quiet One"))})


def test_every_section_has_its_words() -> None:
    assert list(WORDS) == [section.key for section in SECTIONS]


@pytest.mark.parametrize("key", [key for key in WORDS if key != "ratings"])
async def test_a_film_with_a_title_alone_answers_every_command(world: World, key: str) -> None:
    reply = await world.film(key, "quiet one")

    assert seen(reply).embeds[0].description == WORDS[key]


async def test_the_menu_leads_to_every_section_of_it(world: World) -> None:
    reply = await world.film("overview", "quiet one")
    for key, words in WORDS.items():
        reply = await world.alice.select(seen(reply), [key])
        assert words in text_of(seen(reply))
