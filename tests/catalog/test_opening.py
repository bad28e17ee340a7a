"""The index on disk is a cache: whatever happens to it, it is built again, and answers stay the same."""

from pathlib import Path

import pytest

from bot.catalog.load import load
from bot.catalog.store import SHARED, Release, ReleaseFilm, Store
from bot.catalog.titles import Ambiguous, Found, opening
from bot.catalog.titles.opening import open_titles, read_titles
from bot.catalog.titles.shelf import Shelf, StaleIndexError, popularity_of
from bot.pages.model import Film
from tests.world import write_shelf

ONE, TWO = Film(title="The First Film", year=1991), Film(title="The Second Film", year=1992)


@pytest.fixture
async def filled(store: Store, tmp_path: Path) -> Store:
    await load(store, write_shelf(tmp_path / "data", ONE, TWO))
    return store


async def test_the_index_is_built_once_and_then_opened(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[float] = []
    titles = await open_titles(filled, tmp_path / "usher.titles", heard.append)
    assert titles.resolve("first film") == Found(1, sure=True)
    assert heard[-1] == 1.0

    def built_again(*_: object) -> None:
        pytest.fail("a good index was built again")

    monkeypatch.setattr(opening, "build_from", built_again)
    again = await open_titles(filled, tmp_path / "usher.titles")
    assert again.resolve("first film") == Found(1, sure=True)
    assert again.suggest("fir") == titles.suggest("fir")


@pytest.mark.parametrize("name", ["about.json", "gram_names.npy", "form_text.npy"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed"])
async def test_a_damaged_index_is_built_again(filled: Store, tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "usher.titles"
    await open_titles(filled, folder)
    path = folder / name
    content = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case _:
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(StaleIndexError):
        Shelf.open(folder, await filled.stamp())

    titles = await open_titles(filled, folder)

    assert titles.resolve("second film") == Found(2, sure=True)


async def test_a_changed_catalog_makes_the_index_stale(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "usher.titles"
    await open_titles(filled, folder)
    third = ReleaseFilm(None, Film(title="The Third Film", year=1993), "page", 0.5, "third", "films/third.md", "hash")
    await filled.apply(Release({}, [third]))

    assert (await open_titles(filled, folder)).resolve("third film") == Found(3, sure=True)


async def test_a_crash_while_building_leaves_nothing_in_the_way(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "usher.titles"
    fresh = tmp_path / "usher.titles.new"
    fresh.mkdir()
    (fresh / "films.jsonl").write_text("half a li", encoding="utf-8")

    titles = await open_titles(filled, folder)

    assert titles.resolve("first film") == Found(1, sure=True)
    assert not fresh.exists()


async def test_a_large_catalog_is_built_by_a_process_of_its_own(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "APART", 1)
    # A process of its own is counted by coverage like any other; its module answers to this name.
    heard: list[float] = []

    titles = await open_titles(filled, tmp_path / "usher.titles", heard.append)

    assert titles.resolve("first film") == Found(1, sure=True)
    assert heard[-1] == 1.0
    assert (tmp_path / "usher.titles" / "about.json").exists()


async def test_what_is_only_read_builds_in_memory(filled: Store, tmp_path: Path) -> None:
    titles = await read_titles(filled, tmp_path / "usher.titles")

    assert titles.resolve("first film") == Found(1, sure=True)
    assert not (tmp_path / "usher.titles").exists()


async def test_a_servers_own_names_stand_beside_the_index(filled: Store, tmp_path: Path) -> None:
    async with filled._transaction() as db:
        await db.execute(
            "INSERT INTO page SELECT film_id, 111, NULL, kind, title, year, runtime, directors, names, filled, fame,"
            " imdb_id, NULL, NULL, revision_id FROM page WHERE film_id = 1 AND scope = 0"
        )

    titles = await open_titles(filled, tmp_path / "usher.titles")

    assert titles.resolve("first film", SHARED) == Found(1, sure=True)
    assert titles.resolve("the first film (1991)", 111) != Found(1, sure=True)


def test_fame_by_rank_falls_from_the_known_to_the_obscure() -> None:
    assert popularity_of(1) == pytest.approx(14.0)
    assert popularity_of(1_000) == pytest.approx(12.0)
    assert popularity_of(1_000_000) == 0.0


async def test_an_empty_catalog_has_no_films_and_answers_all_the_same(store: Store, tmp_path: Path) -> None:
    titles = await open_titles(store, tmp_path / "usher.titles")

    assert titles.suggest("anything") == []
    assert titles.suggest("") == []
    assert not isinstance(titles.resolve("anything"), Found | Ambiguous)
