"""The database: migrations, reading by scope, writing all or nothing."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.catalog.store import SHARED, CatalogError, Post, Release, ReleaseFilm, Store, open_store
from bot.pages.model import Film, Line, Overview

HERE = 111


def _change(
    title: str, *, film_id: int | None = None, genres: Sequence[str] = (), runtime: int | None = None
) -> ReleaseFilm:
    overview = Overview(genres=tuple(genres), runtime=runtime, directors=("Someone",))
    film = Film(title=title, year=1995, overview=overview, badly_explained=(Line(text="A joke."),))
    return ReleaseFilm(film_id, film, "page", 0.5, title.casefold(), f"films/{title}.md", "hash")


async def _overlay(store: Store, film_id: int, body: str | None) -> None:
    """Let a server shadow a film, as moderators will."""
    async with store._transaction() as db:
        await db.execute(
            "INSERT INTO page SELECT film_id, ?, ?, kind, title, year, runtime, directors, names, filled, fame,"
            " imdb_id, NULL, NULL, revision_id FROM page WHERE film_id = ? AND scope = 0",
            (HERE, body, film_id),
        )


async def test_a_film_comes_back_as_it_was_written(store: Store) -> None:
    change = _change("One", genres=("Drama",), runtime=90)
    await store.apply(Release({"films/One.md": "hash"}, [change]))

    assert await store.film(SHARED, 1) == change.film
    assert await store.film(HERE, 1) == change.film
    assert await store.film(SHARED, 2) is None
    assert await store.has_page(SHARED, 1)
    assert not await store.has_page(SHARED, 2)


async def test_a_server_sees_its_own_page_and_others_the_shared_one(store: Store) -> None:
    await store.apply(Release({}, [_change("One"), _change("Two")]))
    own = Film(title="Ours", year=1995)
    await _overlay(store, 1, own.model_dump_json())
    await _overlay(store, 2, None)

    assert await store.film(HERE, 1) == own
    assert await store.film(HERE, 2) is None
    assert (await store.film(SHARED, 1)) == _change("One").film
    assert await store.film_ids(HERE) == [1]
    assert await store.film_ids(SHARED) == [1, 2]
    hidden = [each for each in await store.names() if each.title is None]
    assert [(each.film_id, each.scope) for each in hidden] == [(2, HERE)]


async def test_films_are_filtered_by_genre_length_and_section(store: Store) -> None:
    films = [_change("Short", genres=("Drama",), runtime=80), _change("Long", genres=("Drama", "War"), runtime=180)]
    await store.apply(Release({}, films))

    assert await store.film_ids(SHARED, genre="Drama") == [1, 2]
    assert await store.film_ids(SHARED, genre="War") == [2]
    assert await store.film_ids(SHARED, max_runtime=100) == [1]
    assert await store.film_ids(SHARED, genre="War", max_runtime=100) == []
    assert await store.film_ids(SHARED, filled="badly-explained") == [1, 2]
    assert await store.film_ids(SHARED, filled="quotes") == []
    assert await store.genres(SHARED) == ["Drama", "War"]


async def test_films_that_are_alike_share_director_and_genres(store: Store) -> None:
    await store.apply(Release({}, [_change("One", genres=("Drama", "War")), _change("Two", genres=("War",))]))

    assert await store.alike(SHARED, 1) == [("Two", 1995)]


async def test_a_release_is_one_revision(store: Store) -> None:
    await store.apply(Release({"a": "1"}, [_change("One"), _change("Two")], note="two films"))

    rows = await store._rows("SELECT scope, film_id, made_by, after FROM revision")
    assert [tuple(row) for row in rows] == [(SHARED, None, None, "two films")]


async def test_a_release_that_fails_half_way_changes_nothing(store: Store) -> None:
    await store.apply(Release({"a": "1"}, [_change("One")]))
    bad = ReleaseFilm(999, Film(title="No such film"), "page", 0.5, "no", "films/no.md", "hash")

    with pytest.raises(CatalogError, match="cannot be written: FOREIGN KEY constraint failed"):
        await store.apply(Release({"a": "2"}, [_change("Two"), bad], [1]))

    assert [each.title for each in await store.names()] == ["One"]
    assert await store.release_files() == {"a": "1"}


async def test_film_ids_are_never_used_again(store: Store) -> None:
    await store.apply(Release({}, [_change("One"), _change("Two")]))
    await store.apply(Release({}, gone=[2]))
    await store.apply(Release({}, [_change("Three")]))

    assert [each.film_id for each in await store.names()] == [1, 3]


async def test_an_old_slug_keeps_leading_to_its_film(store: Store) -> None:
    await store.apply(Release({}, [_change("One")]))
    await store.apply(Release({}, [_change("Uno", film_id=1)]))

    rows = await store._rows("SELECT slug, film_id FROM slug ORDER BY slug")
    assert [tuple(row) for row in rows] == [("one", 1), ("uno", 1)]


async def test_posts_are_kept_changed_and_forgotten(store: Store) -> None:
    await store.keep_post(Post(5, 6, 7, 8, "ending"))
    assert await store.post(5) == Post(5, 6, 7, 8, "ending")

    await store.keep_post(Post(5, 6, 7, 9, "cast"))
    assert await store.post(5) == Post(5, 6, 7, 9, "cast")

    await store.forget_post(5)
    assert await store.post(5) is None


async def test_closed_dms_are_forgotten_after_their_time(store: Store) -> None:
    await store.close_dm(1, 60)
    await store.close_dm(2, -1)

    assert await store.is_dm_closed(1)
    assert not await store.is_dm_closed(2)
    assert not await store.is_dm_closed(3)


async def test_a_cancelled_write_leaves_the_store_usable(store: Store) -> None:
    task = asyncio.create_task(store.keep_note("key", "value"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await store.keep_note("key", "later")
    assert await store.note("key") == "later"


async def test_many_writers_at_once_all_succeed(store: Store) -> None:
    await asyncio.gather(*(store.keep_note(f"key {number}", "x") for number in range(50)))

    assert (await store._rows("SELECT count(*) FROM note"))[0][0] == 50


async def test_what_was_written_survives_closing(tmp_path: Path) -> None:
    path = tmp_path / "folder that is not there yet" / "usher.sqlite3"
    async with open_store(path) as store:
        await store.keep_note("key", "value")

    async with open_store(path) as store:
        assert await store.note("key") == "value"


async def test_the_database_writes_ahead_and_waits_for_the_disk(store: Store) -> None:
    assert store._writer is not None
    pragmas = {
        name: next(iter(await store._writer.execute_fetchall(f"PRAGMA {name}")))[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_reading_only_writes_nothing_and_works_beside_a_running_bot(tmp_path: Path) -> None:
    path = tmp_path / "usher.sqlite3"
    async with open_store(path) as running, open_store(path, read_only=True) as reading:
        await running.keep_note("key", "value")
        assert await reading.note("key") == "value"
        with pytest.raises(CatalogError, match="reading only"):
            await reading.keep_note("key", "other")


async def test_a_file_that_is_no_database_is_named_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "usher.sqlite3"
    path.write_bytes(b"this is no database at all " * 100)

    with pytest.raises(CatalogError, match=r"usher\.sqlite3 cannot be opened: file is not a database"):
        async with open_store(path):
            pass


async def test_a_missing_database_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="cannot be opened"):
        async with open_store(tmp_path / "none.sqlite3", read_only=True):
            pass


async def test_a_database_of_a_newer_usher_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "usher.sqlite3"
    async with open_store(path):
        pass
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()

    with pytest.raises(CatalogError, match="newer Usher"):
        async with open_store(path):
            pass


async def test_a_failed_migration_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "usher.sqlite3"
    async with open_store(path) as store:
        await store.keep_note("key", "value")
    broken = [(1, ""), (2, "CREATE TABLE extra (id INTEGER) STRICT; SELECT no_such_column FROM note;")]
    monkeypatch.setattr("bot.catalog.store._migrations", lambda: broken)

    with pytest.raises(CatalogError, match="no_such_column"):
        async with open_store(path):
            pass
    monkeypatch.undo()

    async with open_store(path) as store:
        assert await store.note("key") == "value"
        assert await store._rows("SELECT 1 FROM sqlite_master WHERE name = 'extra'") == []


async def test_every_table_is_strict(store: Store) -> None:
    rows = await store._rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%STRICT%'"
    )

    assert rows == []
