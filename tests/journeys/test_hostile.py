"""A page whose every text is hostile: nothing pings, nothing exceeds a limit, nothing hidden shows."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.config import Settings
from bot.pages.model import (
    AudienceReaction,
    Award,
    BoxOffice,
    CriticReview,
    Film,
    ImdbRating,
    Line,
    LinkedItem,
    Overview,
    Question,
    Quote,
    Reviews,
    Role,
    SimilarFilm,
    Soundtrack,
    SynopsisPart,
    TomatoRating,
    Track,
    Watch,
    WatchOption,
)
from bot.pages.sections import SECTIONS
from tests.world import World, body_of, component_ids, seen, text_of, write_shelf

HIDDEN = "zyxhidden"
NASTY = (
    "|| @everyone <@1> <@&2> || `one` ```two``` **bold __under__ ~~gone~~ \\ "
    "\u202ertl \u0627\u0644\u0633\u0644\u0627\u0645 [link](https://evil.example) https://evil.example/||"
    " <t:1:R> # - > 1. 👩‍👩‍👧‍👦 "
)
LONG = (NASTY * 50)[:6000]
SPOILER = (f"{HIDDEN} {NASTY}" * 40)[:6000]
TITLE = "Nasty || `Film` @everyone **x** \\"


def _hostile() -> Film:
    """Return a film with a hostile text in every field, each kind of entry once open and once as a spoiler."""
    both = ((LONG, False), (SPOILER, True))
    return Film(
        title=TITLE,
        year=1999,
        overview=Overview(
            original_title=LONG,
            also_known_as=(LONG, NASTY),
            directors=(NASTY,) * 30,
            genres=(NASTY,) * 30,
            countries=(LONG,),
            languages=(LONG,),
            released=date(1999, 1, 1),
            runtime=6000,
            imdb=ImdbRating(rating=Decimal("9.9"), votes=10**9, as_of="2023"),
            tomatoes=TomatoRating(percent=100, as_of="2023"),
            trailer="https://evil.example/" + "x" * 400,
            poster="https://evil.example/poster.png",
        ),
        badly_explained=tuple(Line(text=text, is_spoiler=spoils) for text, spoils in both),
        synopsis=tuple(SynopsisPart(heading=text, paragraphs=(text, text), is_spoiler=spoils) for text, spoils in both),
        ending=(SPOILER, SPOILER, "||", "\\"),
        cast=tuple(Role(character=text, actor=text, about=text, is_spoiler=spoils) for text, spoils in both),
        quotes=tuple(Quote(words=text, speaker=text, context=text, is_spoiler=spoils) for text, spoils in both),
        box_office=BoxOffice(budget=10**11, domestic=1, worldwide=10**11, as_of="2023", notes=(LONG,)),
        reviews=Reviews(
            house=(LONG,),
            enjoyed_by=(LONG,),
            warnings=(LONG,),
            critics=tuple(
                CriticReview(critic=text, text=text, is_quote=spoils, is_spoiler=spoils) for text, spoils in both
            ),
            audience=tuple(AudienceReaction(headline=text, text=text, is_spoiler=spoils) for text, spoils in both),
            consensus=(LONG,),
        ),
        awards=tuple(
            Award(name=text, category=text, year=1999, result="won", recipients=(text,), is_spoiler=spoils)
            for text, spoils in both
        ),
        behind_the_scenes=tuple(Line(text=text, is_spoiler=spoils) for text, spoils in both),
        watch=Watch(
            paragraphs=(LONG,),
            options=tuple(WatchOption(kind="rent", region="US", providers=(LONG,)) for _ in range(9)),
        ),
        similar=tuple(SimilarFilm(title=text, year=1999, why=text, is_spoiler=spoils) for text, spoils in both),
        products=tuple(
            LinkedItem(title=text, about=text, url="https://example.org/x", is_spoiler=spoils) for text, spoils in both
        ),
        soundtrack=Soundtrack(
            composers=(LONG,),
            tracks=tuple(Track(title=text, artist=text, is_spoiler=spoils) for text, spoils in both),
            paragraphs=(LONG,),
        ),
        faq=tuple(Question(question=text, answer=(text, text), is_spoiler=spoils) for text, spoils in both),
        bonus=tuple(LinkedItem(title=text, about=text, is_spoiler=spoils) for text, spoils in both),
    )


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"data": write_shelf(tmp_path / "data", _hostile())})


def _check_embeds(embeds: list[dict[str, Any]]) -> None:
    total = 0
    for embed in embeds:
        fields: list[dict[str, str]] = embed.get("fields") or []
        texts: list[tuple[str, int]] = [
            (embed.get("title", ""), 256),
            (embed.get("description", ""), 4096),
            (embed.get("author", {"name": ""})["name"], 256),
            (embed.get("footer", {"text": ""})["text"], 2048),
            *((each["name"], 256) for each in fields),
            *((each["value"], 1024) for each in fields),
        ]
        for text, limit in texts:
            size = len(text.encode("utf-16-le")) // 2
            assert size <= limit
            total += size
        assert len(fields) <= 25
    assert total <= 6000


def _shown_outside_bars(text: str) -> str:
    return re.sub(r"\|\|[^|]+\|\|", "", text)


@pytest.mark.parametrize("key", [section.key for section in SECTIONS])
async def test_a_hostile_page_pings_nobody_exceeds_nothing_and_keeps_its_secret(world: World, key: str) -> None:
    reply = await world.film("overview", "nasty film everyone x")
    reply = await world.alice.select(seen(reply), [key])
    for _ in range(40):
        shown = text_of(seen(reply))
        assert HIDDEN not in _shown_outside_bars(shown)
        assert re.search(r"(?<!\\)<[@t#]", shown) is None
        assert "://evil" not in shown
        more = [each for each in component_ids(seen(reply), only_enabled=True) if each.startswith("us1:page:")]
        if not more or f":{_page(seen(reply)) + 1}:" not in more[-1]:
            break
        reply = await world.alice.click(seen(reply), custom_id=more[-1])

    for data in world.answers():
        assert data.get("allowed_mentions", {"parse": []}) == {"parse": []}
        assert HIDDEN not in _shown_outside_bars(str(data.get("content")))
        _check_embeds(data.get("embeds", []))
        assert HIDDEN not in str(data.get("components"))


def _page(message: simcord.ResponseMessage) -> int:
    found = re.search(r"Page (\d+) of", text_of(message))
    return int(found[1]) - 1 if found else 0


async def test_a_hostile_title_is_safe_in_choices_and_found_by_its_choice(world: World) -> None:
    (choice,) = await world.alice.autocomplete(world.channel, "film ending", "title", "nasty")
    assert len(choice["name"]) <= 100

    reply = await world.film("overview", choice["value"])

    assert seen(reply).embeds[0].title == "Nasty ││ 'Film' @everyone ∗∗x∗∗ ⧵ (1999)"


async def test_revealing_a_hostile_entry_answers_one_person(world: World) -> None:
    reply = await world.film("faq", "nasty film everyone x")
    for _ in range(20):
        shows = [each for each in component_ids(seen(reply)) if each.startswith("us1:show:")]
        if shows:
            break
        reply = await world.alice.click(seen(reply), label="More ▶")

    shown = await world.bob.click(seen(reply), label="Reveal to me")

    assert shown.ephemeral
    assert HIDDEN in text_of(seen(shown))


async def test_a_hostile_ending_fits_into_one_dm(world: World) -> None:
    reply = await world.film("ending", "nasty film everyone x")

    await world.bob.react(seen(reply), "👁")

    (request,) = [
        each for each in world.env.http_requests if each.path == f"/channels/{world.bob.user.dm_channel.id}/messages"
    ]
    body = body_of(request)
    _check_embeds(body["embeds"])
    assert body.get("allowed_mentions", {"parse": []}) == {"parse": []}
    assert "There is more." in str(body["embeds"])
