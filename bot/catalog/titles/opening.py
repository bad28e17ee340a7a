"""Opening the titles of a store: from the files kept beside the database, built anew where those are not usable."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from bot.catalog.store import Names, Store
from bot.catalog.titles import Titles
from bot.catalog.titles.shelf import Entry, Progress, Shelf, StaleIndexError, build, popularity_of

APART = 50_000  # films from which the index is built by a process of its own, whose memory goes when it ends


async def open_titles(store: Store, folder: Path, progress: Progress = lambda _share: None) -> Titles:
    """Return the titles of `store`. `folder` keeps their index; missing, stale or damaged, it is built again."""
    await store.keep_catalog_id()
    stamp = await store.stamp()
    try:
        shelf = await asyncio.to_thread(Shelf.open, folder, stamp)
    except StaleIndexError:
        shelf = await _rebuilt(store, folder, stamp, progress)
    return Titles(await store.own_names(), shelf)


async def read_titles(store: Store, folder: Path) -> Titles:
    """Return the titles of a store that may only be read: from `folder` if it is usable, else built in memory."""
    try:
        shelf = await asyncio.to_thread(Shelf.open, folder, await store.stamp())
    except StaleIndexError:
        return Titles(await store.names())
    return Titles(await store.own_names(), shelf)


async def _rebuilt(store: Store, folder: Path, stamp: str, progress: Progress) -> Shelf:
    fresh = folder.with_name(f"{folder.name}.new")
    await asyncio.to_thread(_clear, fresh)
    spool = fresh / "films.jsonl"
    count = await _spool(store.shared_names(), spool)
    if count < APART:
        await asyncio.to_thread(build_from, spool, fresh, stamp, progress)
    else:
        await _build_apart(spool, fresh, stamp, progress)
    return await asyncio.to_thread(_put_in_place, fresh, folder, stamp)


def _clear(fresh: Path) -> None:
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)


def _put_in_place(fresh: Path, folder: Path, stamp: str) -> Shelf:
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return Shelf.open(folder, stamp)


async def _spool(films: AsyncIterator[Names], spool: Path) -> int:
    """Write the films, which come the best known first, to a file of one JSON line each."""
    place = 0
    with spool.open("w", encoding="utf-8") as file:
        async for film in films:
            place += 1
            file.write(json.dumps(asdict(Entry.of(film, popularity_of(place)))) + "\n")
    return place


def entries_in(spool: Path) -> Iterator[Entry]:
    """Yield the films of a spool file."""
    with spool.open(encoding="utf-8") as file:
        for line in file:
            film = json.loads(line)
            yield Entry(**film | {"directors": tuple(film["directors"]), "others": tuple(film["others"])})


def build_from(spool: Path, folder: Path, stamp: str, progress: Progress = lambda _share: None) -> None:
    """Build the index of a spool file's films in `folder`, and remove the spool."""
    build(entries_in(spool), progress).save(folder, stamp)
    spool.unlink()


async def _build_apart(spool: Path, folder: Path, stamp: str, progress: Progress) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        str(spool),
        str(folder),
        stamp,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout is not None  # noqa: S101 (asked for above)
    async for line in process.stdout:
        progress(float(line))
    if await process.wait() != 0:
        raise StaleIndexError("the process that builds the index failed")


def main(arguments: Iterable[str]) -> None:
    """Build an index in this process and print the share that is done, a line each time."""
    spool, folder, stamp = arguments
    build_from(Path(spool), Path(folder), stamp, lambda share: print(share, flush=True))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
