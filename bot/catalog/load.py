"""The shipped catalog (data/) -> store, by content hash: unchanged files cost one look at their bytes."""

import asyncio
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.index import BadIndexError, read_index
from bot.catalog.store import Kind, Release, ReleaseFilm, Shipped, Store
from bot.pages.model import Film
from bot.pages.reader import PageError, read_page_bytes

LAYOUT = "2"  # part of every hash: raised when the same file must be read anew, as after a change of the model
PAGE_FAME = 0.5  # of a page whose film the index does not know: half of the indexed films are better known
INDEX_NAMES = ("films.jsonl", "films.jsonl.gz")


class DataFolderError(Exception):
    """The data folder is missing or cannot be read; the text says so in one sentence."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `problems` are one line each: the file and what is wrong with it."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class _Candidate:
    film: Film
    kind: Kind
    fame: float
    slug: str
    source: str
    source_hash: str


async def load(store: Store, folder: Path) -> Loaded:
    """Bring the shared catalog to what `folder` holds; DataFolderError when it cannot be read.

    A page with an error is named in `problems`, and its film keeps its last good page.
    """
    files = await asyncio.to_thread(_hashes, folder)
    if files == await store.release_files():
        return Loaded()
    wanted, kept, problems = await asyncio.to_thread(_read, folder, files)
    release, loaded = _compare(wanted, kept, await store.shipped(), files)
    # A file with a problem is not remembered, so that it is named again at the next start.
    good = {name: digest for name, digest in files.items() if name not in kept}
    if not loaded.is_unchanged or good != await store.release_files():
        await store.apply(Release(good, release.films, release.gone, release.note))
    return Loaded(loaded.added, loaded.changed, loaded.removed, problems)


def _hashes(folder: Path) -> dict[str, str]:
    try:
        paths = sorted((folder / "films").glob("*.md"))
        paths += [path for name in INDEX_NAMES if (path := folder / "index" / name).is_file()]
        if not paths:
            raise DataFolderError(f"The data folder {folder} holds no films. Point USHER_DATA at Usher's data folder.")
        return {path.relative_to(folder).as_posix(): _digest(path.read_bytes()) for path in paths}
    except OSError as error:
        raise DataFolderError(f"The data folder {folder} cannot be read: {error.strerror}.") from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(LAYOUT.encode() + content).hexdigest()


def _read(folder: Path, files: dict[str, str]) -> tuple[list[_Candidate], frozenset[str], tuple[str, ...]]:
    """Return the films wanted, the files that could not be read and why."""
    index: list[_Candidate] = []
    pages: list[_Candidate] = []
    problems: dict[str, str] = {}
    for name, digest in files.items():
        try:
            if name.startswith("index/"):
                index += _index_films(folder, name)
            else:
                pages.append(_page(folder, name, digest))
        except (PageError, BadIndexError, OSError) as error:
            problems[name] = f"{name}: {error}"
    return _joined(index, pages), frozenset(problems), tuple(problems.values())


def _index_films(folder: Path, name: str) -> Iterator[_Candidate]:
    for indexed in read_index(folder / name):
        film = indexed.film
        digest = _digest(f"{indexed.fame}{film.model_dump_json(exclude_defaults=True)}".encode())
        yield _Candidate(film, "index", indexed.fame, slug_of(film), name, digest)


def _page(folder: Path, name: str, digest: str) -> _Candidate:
    path = folder / name
    reading = read_page_bytes(path.read_bytes(), strict=True)
    for finding in reading.findings:
        if finding.severity == "error":
            raise PageError(finding.message, finding.line)
    return _Candidate(reading.film, "page", PAGE_FAME, path.stem, name, digest)


def _joined(index: Sequence[_Candidate], pages: Sequence[_Candidate]) -> list[_Candidate]:
    """Put each page in the place of its film in the index."""
    places = {key: number for number, item in enumerate(index) for key in _keys(item.film)}
    films = list(index)
    for page in pages:
        number = next((places[key] for key in _keys(page.film) if key in places), None)
        if number is None:
            films.append(page)
        else:
            films[number] = _Candidate(
                page.film, page.kind, index[number].fame, page.slug, page.source, page.source_hash
            )
    return films


def _keys(film: Film | Shipped) -> Iterator[tuple[object, ...]]:
    """Yield what identifies a film across files, the surest first."""
    imdb_id = film.imdb_id if isinstance(film, Shipped) else film.overview.imdb_id
    directors = film.directors if isinstance(film, Shipped) else film.overview.directors
    if imdb_id is not None:
        yield ("imdb", imdb_id)
    yield (film.title.casefold(), film.year, *(name.casefold() for name in directors))


def _compare(
    wanted: Sequence[_Candidate], kept: frozenset[str], present: Sequence[Shipped], files: dict[str, str]
) -> tuple[Release, Loaded]:
    by_key = {key: shipped for shipped in present for key in _keys(shipped)}
    by_source = {shipped.source: shipped for shipped in present if shipped.source.startswith("films/")}
    changes: list[ReleaseFilm] = []
    seen: set[int] = {shipped.film_id for shipped in present if shipped.source in kept}
    added = 0
    for item in wanted:
        match = by_source.get(item.source) or next((by_key[key] for key in _keys(item.film) if key in by_key), None)
        if match is not None and match.film_id in seen:
            # Its page has an error and stays as it was, or two records name one film: the first stands.
            continue
        if match is not None:
            seen.add(match.film_id)
            if match.source_hash == item.source_hash and match.source == item.source:
                continue
        added += match is None
        film_id = None if match is None else match.film_id
        changes.append(ReleaseFilm(film_id, item.film, item.kind, item.fame, item.slug, item.source, item.source_hash))
    gone = [shipped.film_id for shipped in present if shipped.film_id not in seen]
    loaded = Loaded(added, len(changes) - added, len(gone))
    note = f"release: {loaded.added} added, {loaded.changed} changed, {loaded.removed} removed"
    return Release(files, changes, gone, note), loaded


def slug_of(film: Film) -> str:
    """Return the film's name in files and links: `leaving-las-vegas-1995`."""
    plain = unicodedata.normalize("NFKD", film.title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "")) or ["film"]
    return "-".join(words if film.year is None else [*words, str(film.year)])
