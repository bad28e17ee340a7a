"""Loading the shipped catalog: once, by content, and never half."""

from pathlib import Path

import pytest

from bot.catalog.load import DataFolderError, Loaded, load, slug_of
from bot.catalog.store import SHARED, Store
from bot.config import ROOT
from bot.pages.model import Film, Line, Overview
from tests.world import write_shelf

ONE = Film(title="One", year=1991, overview=Overview(imdb_id="tt0000001"))
TWO = Film(title="Two", year=1992)


def _write_index(folder: Path, *lines: str) -> None:
    (folder / "index").mkdir(parents=True, exist_ok=True)
    (folder / "index" / "films.jsonl").write_text("\n".join(lines), encoding="utf-8")


INDEX_ONE = '{"film": {"title": "One", "year": 1991, "overview": {"imdb_id": "tt0000001"}}, "fame": 0.9}'
INDEX_THREE = '{"film": {"title": "Three", "year": 1993}, "fame": 0.4}'


async def test_the_first_load_adds_and_the_second_reads_no_page_and_writes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_shelf(tmp_path / "data", ONE, TWO)

    assert await load(store, folder) == Loaded(added=2)

    def read_again(*_: object) -> None:
        pytest.fail("an unchanged catalog was read again")

    monkeypatch.setattr("bot.catalog.load._read", read_again)
    changes = store._writer.total_changes if store._writer else 0
    assert await load(store, folder) == Loaded()
    assert store._writer is not None
    assert store._writer.total_changes == changes


async def test_the_shipped_catalog_loads_without_a_problem(store: Store) -> None:
    loaded = await load(store, ROOT / "data")

    assert loaded.problems == ()
    assert loaded.added >= 500
    assert (await store.counts()).pages >= 1


async def test_a_changed_file_changes_its_film_alone(store: Store, tmp_path: Path) -> None:
    folder = write_shelf(tmp_path / "data", ONE, TWO)
    await load(store, folder)
    changed = TWO.model_copy(update={"badly_explained": (Line(text="A joke."),)})
    write_shelf(folder, ONE, changed)

    assert await load(store, folder) == Loaded(changed=1)
    assert await store.film(SHARED, 2) == changed


async def test_a_page_takes_the_place_of_its_film_in_the_index(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    _write_index(folder, INDEX_ONE, INDEX_THREE)
    await load(store, folder)
    (one,) = [each for each in await store.names() if each.title == "One"]
    assert not await store.has_page(SHARED, one.film_id)

    write_shelf(folder, ONE)
    assert await load(store, folder) == Loaded(changed=1)

    (joined,) = [each for each in await store.names() if each.title == "One"]
    assert (joined.film_id, joined.fame) == (one.film_id, 0.9)
    assert await store.has_page(SHARED, one.film_id)


async def test_a_page_that_goes_leaves_the_facts_of_the_index(store: Store, tmp_path: Path) -> None:
    folder = write_shelf(tmp_path / "data", ONE)
    _write_index(folder, INDEX_ONE)
    await load(store, folder)
    (folder / "films" / "film-0.md").unlink()

    assert await load(store, folder) == Loaded(changed=1)
    assert not await store.has_page(SHARED, 1)


async def test_a_film_that_goes_is_removed(store: Store, tmp_path: Path) -> None:
    folder = write_shelf(tmp_path / "data", ONE, TWO)
    await load(store, folder)
    (folder / "films" / "film-1.md").unlink()

    assert await load(store, folder) == Loaded(removed=1)
    assert [each.title for each in await store.names()] == ["One"]


async def test_a_renamed_film_keeps_its_number(store: Store, tmp_path: Path) -> None:
    folder = write_shelf(tmp_path / "data", ONE, TWO)
    await load(store, folder)
    write_shelf(folder, ONE, Film(title="Two, Renamed", year=1992))

    assert await load(store, folder) == Loaded(changed=1)
    assert [(each.film_id, each.title) for each in await store.names()] == [(1, "One"), (2, "Two, Renamed")]


async def test_a_page_with_an_error_is_named_and_keeps_the_last_good_one(store: Store, tmp_path: Path) -> None:
    folder = write_shelf(tmp_path / "data", ONE, TWO)
    await load(store, folder)
    page = folder / "films" / "film-1.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("- Release year: 1992", "- Release year: soon"), encoding="utf-8"
    )

    loaded = await load(store, folder)

    assert loaded.is_unchanged
    assert len(loaded.problems) == 1
    assert loaded.problems[0].startswith("films/film-1.md: ")
    assert await store.film(SHARED, 2) == TWO
    assert (await load(store, folder)).problems == loaded.problems


async def test_a_damaged_index_keeps_its_films_and_the_pages_load(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    _write_index(folder, INDEX_ONE, INDEX_THREE)
    await load(store, folder)
    _write_index(folder, INDEX_ONE, "{ damaged")
    write_shelf(folder, TWO)

    loaded = await load(store, folder)

    assert (loaded.added, loaded.removed, len(loaded.problems)) == (1, 0, 1)
    assert sorted(each.title or "" for each in await store.names()) == ["One", "Three", "Two"]


async def test_a_folder_without_films_is_an_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="holds no films"):
        await load(store, tmp_path / "nowhere")


def test_slugs_are_plain_words_with_the_year() -> None:
    assert slug_of(Film(title="Amélie", year=2001)) == "amelie-2001"
    assert slug_of(Film(title="Ocean's Eleven")) == "oceans-eleven"
    assert slug_of(Film(title="七人の侍", year=1954)) == "film-1954"
