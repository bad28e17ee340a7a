"""The only SQL. Rows leave as models; every write is one transaction with its revision row."""

import asyncio
import json
import secrets
import sqlite3
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import aiosqlite

from bot.pages.model import Film

SHARED = 0  # the scope of the catalog that ships with the bot; every other scope is a server's id
BUSY_TIMEOUT = 5.0  # seconds to wait for another process's lock
POST_AGE = 180 * 24 * 3600  # seconds after which a card's reaction is no longer answered

NAMES_AT_ONCE = 2_000  # rows fetched together
CATALOG_ID = "catalog id"

Kind = Literal["index", "page"]


class CatalogError(Exception):
    """The database cannot be opened, read or written; the text says which in one sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """What title resolution knows of a film in one scope; `title` is None where the film is hidden."""

    film_id: int
    scope: int
    title: str | None
    year: int | None = None
    directors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # original title, further titles, IMDb id
    fame: float = 0.0  # 0 to 1


@dataclass(frozen=True, slots=True)
class Post:
    """A card in a server's channel whose reaction the bot answers."""

    message_id: int
    channel_id: int
    guild_id: int
    film_id: int
    section: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """A film of the release that is loaded, as far as the loader compares it."""

    film_id: int
    title: str
    year: int | None
    directors: tuple[str, ...]
    imdb_id: str | None
    source: str
    source_hash: str


@dataclass(frozen=True, slots=True)
class ReleaseFilm:
    """A film that a release adds (`film_id` None) or changes."""

    film_id: int | None
    film: Film
    kind: Kind
    fame: float
    slug: str
    source: str
    source_hash: str


@dataclass(frozen=True, slots=True)
class Release:
    """All that one load changes, written in one transaction."""

    files: Mapping[str, str]  # name -> SHA-256
    films: Sequence[ReleaseFilm] = ()
    gone: Sequence[int] = ()  # film ids
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    films: int = 0
    pages: int = 0
    sections: Mapping[str, int] = field(default_factory=dict[str, int])  # key -> pages that fill it


class Store:
    """The catalog's database: one connection that writes, one that reads. Made by `open_store`."""

    def __init__(self, reader: aiosqlite.Connection, writer: aiosqlite.Connection | None) -> None:
        self._reader = reader
        self._writer = writer
        self._lock = asyncio.Lock()

    # Reading

    async def film(self, scope: int, film_id: int) -> Film | None:
        """Return what the film says in `scope`, None when it is not there or hidden."""
        rows = await self._rows(
            "SELECT body FROM page WHERE film_id = ? AND scope IN (0, ?) ORDER BY scope = 0 LIMIT 1",
            (film_id, scope),
        )
        return None if not rows or rows[0][0] is None else Film.model_validate_json(rows[0][0])

    async def has_page(self, scope: int, film_id: int) -> bool:
        """Tell whether somebody has written the film's page, or it has only facts."""
        rows = await self._rows(
            "SELECT kind FROM page WHERE film_id = ? AND scope IN (0, ?) ORDER BY scope = 0 LIMIT 1",
            (film_id, scope),
        )
        return bool(rows) and rows[0][0] == "page"

    async def names(self) -> list[Names]:
        """Return the names of every film in every scope."""
        return [film async for film in self._names("1 = 1")]

    def shared_names(self) -> AsyncIterator[Names]:
        """Yield the names of the shared films, the best known first, without holding all of them."""
        return self._names("scope = 0 AND body IS NOT NULL")

    async def own_names(self) -> list[Names]:
        """Return what servers have of their own: films, changed names, and hidden films."""
        return [film async for film in self._names("scope != 0")]

    async def _names(self, condition: str) -> AsyncGenerator[Names]:
        sql = (
            "SELECT film_id, scope, CASE WHEN body IS NULL THEN NULL ELSE title END, year, directors, names, fame"  # noqa: S608 (a constant of this class)
            f" FROM page WHERE {condition} ORDER BY fame DESC, film_id, scope"
        )
        try:
            async with self._reader.execute(sql) as cursor:
                while rows := await cursor.fetchmany(NAMES_AT_ONCE):
                    for film_id, scope, title, year, directors, names, fame in rows:
                        yield Names(film_id, scope, title, year, _texts(directors), _texts(names), fame)
        except sqlite3.Error as error:
            raise CatalogError(f"The catalog cannot be read: {error}") from error

    async def stamp(self) -> str:
        """Return what changes whenever the shared films do; of two databases it is never the same."""
        rows = await self._rows("SELECT max(id) FROM revision WHERE scope = 0")
        return f"{await self.note(CATALOG_ID)}-{rows[0][0]}"

    async def keep_catalog_id(self) -> None:
        """Give the database its own random name, once."""
        if await self.note(CATALOG_ID) is None:
            await self.keep_note(CATALOG_ID, secrets.token_hex(16))

    async def genres(self, scope: int) -> list[str]:
        """Return the genres of the films in `scope`, the most frequent first."""
        rows = await self._rows(
            "SELECT genre FROM page_genre WHERE scope IN (0, ?) GROUP BY genre ORDER BY count(*) DESC, genre",
            (scope,),
        )
        return [genre for (genre,) in rows]

    async def film_ids(
        self,
        scope: int,
        *,
        genre: str | None = None,
        max_runtime: int | None = None,
        filled: str | None = None,
    ) -> list[int]:
        """Return the films of `scope` that fit every filter; `max_runtime` in minutes, `filled` a section's key."""
        rows = await self._rows(
            "SELECT p.film_id FROM page AS p WHERE p.body IS NOT NULL"
            " AND (p.scope = :scope OR p.scope = 0 AND NOT EXISTS"
            "  (SELECT 1 FROM page AS own WHERE own.film_id = p.film_id AND own.scope = :scope AND :scope != 0))"
            " AND (:genre IS NULL OR EXISTS (SELECT 1 FROM page_genre AS g"
            "  WHERE g.genre = :genre AND g.scope = p.scope AND g.film_id = p.film_id))"
            " AND (:runtime IS NULL OR p.runtime <= :runtime)"
            " AND (:filled IS NULL OR EXISTS (SELECT 1 FROM json_each(p.filled) WHERE value = :filled))"
            " ORDER BY p.film_id",
            {"scope": scope, "genre": genre, "runtime": max_runtime, "filled": filled},
        )
        return [film_id for (film_id,) in rows]

    async def alike(self, scope: int, film_id: int, limit: int = 5) -> list[tuple[str, int | None]]:
        """Return title and year of the films closest in genre and director, the closest first."""
        rows = await self._rows(
            "SELECT p.title, p.year FROM page AS me"
            " JOIN page_genre AS mine ON mine.film_id = me.film_id AND mine.scope = me.scope"
            " JOIN page_genre AS theirs ON theirs.genre = mine.genre AND theirs.scope IN (0, :scope)"
            " JOIN page AS p ON p.film_id = theirs.film_id AND p.scope = theirs.scope"
            " WHERE me.film_id = :film AND me.scope IN (0, :scope) AND p.film_id != me.film_id AND p.body IS NOT NULL"
            " GROUP BY p.film_id, p.scope"
            " ORDER BY (p.directors = me.directors AND me.directors != '[]') DESC, count(*) DESC, p.fame DESC"
            " LIMIT :limit",
            {"scope": scope, "film": film_id, "limit": limit},
        )
        return [(title, year) for title, year in rows]

    async def counts(self) -> Counts:
        """Count the shared films, the written pages, and how many pages fill each section."""
        totals = await self._rows("SELECT count(*), sum(kind = 'page') FROM page WHERE scope = 0 AND body IS NOT NULL")
        sections = await self._rows(
            "SELECT value, count(*) FROM page, json_each(filled)"
            " WHERE kind = 'page' AND scope = 0 AND body IS NOT NULL GROUP BY value"
        )
        films, pages = totals[0]
        return Counts(films, pages or 0, {key: count for key, count in sections})  # noqa: C416 (rows are untyped)

    async def release_files(self) -> dict[str, str]:
        """Return the files of the loaded release: name -> SHA-256."""
        return dict(await self._rows("SELECT name, hash FROM release_file"))

    async def shipped(self) -> list[Shipped]:
        """Return the shared films that came with a release."""
        rows = await self._rows(
            "SELECT film_id, title, year, directors, imdb_id, source, source_hash FROM page"
            " WHERE scope = 0 AND source IS NOT NULL"
        )
        return [
            Shipped(film_id, title, year, _texts(directors), imdb_id, source, source_hash)
            for film_id, title, year, directors, imdb_id, source, source_hash in rows
        ]

    async def post(self, message_id: int) -> Post | None:
        """Return the card posted as `message_id`, None when the bot keeps none."""
        rows = await self._rows(
            "SELECT message_id, channel_id, guild_id, film_id, section FROM post WHERE message_id = ?",
            (message_id,),
        )
        return Post(*rows[0]) if rows else None

    async def is_dm_closed(self, user_id: int) -> bool:
        """Tell whether the person's DMs were found closed and that is not yet forgotten."""
        return bool(await self._rows("SELECT 1 FROM closed_dm WHERE user_id = ? AND until > ?", (user_id, _now())))

    async def note(self, key: str) -> str | None:
        rows = await self._rows("SELECT value FROM note WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    # Writing

    async def apply(self, release: Release) -> None:
        """Write a release: its films, what is gone, its files and one revision, all or nothing."""
        async with self._transaction() as db:
            cursor = await db.execute(
                "INSERT INTO revision (scope, made_at, after) VALUES (0, ?, ?)", (_now(), release.note)
            )
            revision = cast("int", cursor.lastrowid)
            await db.executemany("DELETE FROM page WHERE scope = 0 AND film_id = ?", [(gone,) for gone in release.gone])
            for change in release.films:
                await self._put(db, change, revision)
            await db.execute("DELETE FROM release_file")
            await db.executemany("INSERT INTO release_file (name, hash) VALUES (?, ?)", release.files.items())

    async def keep_post(self, post: Post) -> None:
        """Remember a card, or that it shows another section now; forget those older than half a year."""
        now = _now()
        async with self._transaction() as db:
            await db.execute(
                "INSERT INTO post (message_id, channel_id, guild_id, film_id, section, posted_at)"
                " VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (message_id) DO UPDATE SET film_id = excluded.film_id, section = excluded.section",
                (post.message_id, post.channel_id, post.guild_id, post.film_id, post.section, now),
            )
            await db.execute("DELETE FROM post WHERE posted_at < ?", (now - POST_AGE,))

    async def forget_post(self, message_id: int) -> None:
        async with self._transaction() as db:
            await db.execute("DELETE FROM post WHERE message_id = ?", (message_id,))

    async def close_dm(self, user_id: int, seconds: int) -> None:
        """Remember for `seconds` that the person takes no DMs."""
        now = _now()
        async with self._transaction() as db:
            await db.execute("DELETE FROM closed_dm WHERE until <= ?", (now,))
            await db.execute(
                "INSERT INTO closed_dm (user_id, until) VALUES (?, ?)"
                " ON CONFLICT (user_id) DO UPDATE SET until = excluded.until",
                (user_id, now + seconds),
            )

    async def keep_note(self, key: str, value: str) -> None:
        async with self._transaction() as db:
            await db.execute(
                "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    # Within

    async def _put(self, db: aiosqlite.Connection, change: ReleaseFilm, revision: int) -> None:
        film, film_id = change.film, change.film_id
        if film_id is None:
            cursor = await db.execute("INSERT INTO film (home, created_at) VALUES (0, ?)", (_now(),))
            film_id = cast("int", cursor.lastrowid)
        overview = film.overview
        others = (overview.original_title, *overview.also_known_as, overview.imdb_id)
        await db.execute(
            "INSERT INTO page (film_id, scope, body, kind, title, year, runtime, directors, names, filled, fame,"
            " imdb_id, source, source_hash, revision_id) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (film_id, scope) DO UPDATE SET body = excluded.body, kind = excluded.kind,"
            " title = excluded.title, year = excluded.year, runtime = excluded.runtime, directors = excluded.directors,"
            " names = excluded.names, filled = excluded.filled, fame = excluded.fame, imdb_id = excluded.imdb_id,"
            " source = excluded.source, source_hash = excluded.source_hash, revision_id = excluded.revision_id",
            (
                film_id,
                film.model_dump_json(exclude_defaults=True),
                change.kind,
                film.title,
                film.year,
                overview.runtime,
                _json(overview.directors),
                _json(name for name in others if name is not None),
                _json(film.filled()),
                change.fame,
                overview.imdb_id,
                change.source,
                change.source_hash,
                revision,
            ),
        )
        await db.execute("DELETE FROM page_genre WHERE film_id = ? AND scope = 0", (film_id,))
        await db.executemany(
            "INSERT INTO page_genre (film_id, scope, genre) VALUES (?, 0, ?)",
            [(film_id, genre) for genre in dict.fromkeys(overview.genres)],
        )
        await db.execute(
            "INSERT INTO slug (scope, slug, film_id) VALUES (0, ?, ?) ON CONFLICT (scope, slug) DO NOTHING",
            (change.slug, film_id),
        )

    async def _rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        try:
            return list(await self._reader.execute_fetchall(sql, cast("Any", values)))
        except sqlite3.Error as error:
            raise CatalogError(f"The catalog cannot be read: {error}") from error

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[aiosqlite.Connection]:
        if self._writer is None:
            raise CatalogError("The catalog is open for reading only.")
        async with self._lock:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                await self._writer.execute("COMMIT")
            except BaseException as error:
                # A cancelled call may still have run in aiosqlite's thread; the rollback queues behind it.
                with suppress(sqlite3.Error):
                    await self._writer.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise CatalogError(f"The catalog cannot be written: {error}") from error
                raise


@asynccontextmanager
async def open_store(path: Path | str, *, read_only: bool = False) -> AsyncGenerator[Store]:
    """Open the database at `path`, made or brought up to date unless `read_only`; CatalogError when that fails."""
    async with AsyncExitStack() as stack:
        try:
            if not read_only:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            writer = None if read_only else await stack.enter_async_context(_connect(path, "rwc"))
            if writer is not None:
                await writer.execute("PRAGMA journal_mode = WAL")
                await writer.execute("PRAGMA synchronous = FULL")
                await _migrate(writer)
            reader = await stack.enter_async_context(_connect(path, "ro"))
            await _check_version(reader)
        except (sqlite3.Error, OSError) as error:
            raise CatalogError(f"The database {path} cannot be opened: {error}.") from error
        yield Store(reader, writer)


@asynccontextmanager
async def _connect(path: Path | str, mode: Literal["ro", "rwc"]) -> AsyncGenerator[aiosqlite.Connection]:
    uri = f"{Path(path).absolute().as_uri()}?mode={mode}"  # noqa: ASYNC240 (reads the working directory only)
    connection = aiosqlite.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT)
    try:
        await connection
    except sqlite3.Error:
        # aiosqlite 0.22 does not wait for its thread when opening fails, and the thread then meets a closed event loop.
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        raise
    try:
        await connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    finally:
        await connection.close()


def _migrations() -> list[tuple[int, str]]:
    """Return every migration as (number, script) in order."""
    folder = resources.files("bot.catalog.migrations")
    found = [(int(item.name[:3]), item) for item in folder.iterdir() if item.name.endswith(".sql")]
    return [(number, item.read_text(encoding="utf-8")) for number, item in sorted(found, key=lambda pair: pair[0])]


async def _user_version(connection: aiosqlite.Connection) -> int:
    rows = list(await connection.execute_fetchall("PRAGMA user_version"))
    return rows[0][0]


async def _migrate(connection: aiosqlite.Connection) -> None:
    version = await _user_version(connection)
    for number, script in _migrations():
        if number <= version:
            continue
        try:
            # executescript ends an open transaction first (Python 3.11), so the transaction stands in the script.
            await connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                await connection.execute("ROLLBACK")
            raise


async def _check_version(connection: aiosqlite.Connection) -> None:
    version, newest = await _user_version(connection), max(number for number, _ in _migrations())
    if version > newest:
        raise CatalogError(
            f"The database is from a newer Usher (schema {version}, this one knows {newest}). Update Usher."
        )
    if version < newest:
        raise CatalogError("The database is older than this Usher. Start the bot once to bring it up to date.")


def _now() -> int:
    return int(time.time())


def _json(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _texts(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))
