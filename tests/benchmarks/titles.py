"""How right and how quick title resolution is: `python tests/benchmarks/titles.py [--sizes 82000,1000000]`.

It makes its films by recombining the names of the shipped index, which stand among them with their own fame, and its
queries by bending those names as people do. Times are CPU time. `Engine` serves other harnesses: it takes
a list of {id, title, year, pop, alt} and offers search, resolve and autocomplete.
"""

import argparse
import asyncio
import gc
import json
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rapidfuzz import fuzz, process, utils

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.catalog.index import read_index  # noqa: E402
from bot.catalog.titles import Ambiguous, Found, NotFound, Titles  # noqa: E402
from bot.catalog.titles.shelf import Entry, Shelf, popularity_of  # noqa: E402
from bot.client import Usher  # noqa: E402
from bot.config import Settings  # noqa: E402
from bot.start import open_bot  # noqa: E402
from bot.ui.options import FilmOption  # noqa: E402

KEYS = "qwertyuiop asdfghjkl zxcvbnm"
SLOW_QUERIES = 40  # asked of an engine that scans every title
Answers = list[int]


class Engine:
    """Usher's titles over films given as {id, title, year, pop, alt}; `pop` is ln(votes + 1), 0 unknown."""

    def __init__(self, titles: Iterable[dict[str, Any]]) -> None:
        films = (Entry(film["id"], film["title"], film["year"], (), tuple(film["alt"]), film["pop"]) for film in titles)
        self._folder = tempfile.TemporaryDirectory(prefix="usher-titles-")
        self.build_seconds, self.open_seconds, shelf = on_disk(films, Path(self._folder.name))
        self.titles = Titles(shelf=shelf)

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        return [(film.film_id, film.rank) for film in self.titles.ranked(query)[:limit]]

    def resolve(self, query: str) -> tuple[str, int | list[int]]:
        match self.titles.resolve(query):
            case Found(film_id):
                return "hit", film_id
            case Ambiguous(candidates):
                return "ask", list(candidates)
            case NotFound(nearest):
                return "none", list(nearest)

    def autocomplete(self, query: str, limit: int) -> list[tuple[int, float]]:
        return [(choice.film_id, -float(at)) for at, choice in enumerate(self.titles.suggest(query, limit=limit))]

    def close(self) -> None:
        self._folder.cleanup()


def on_disk(films: Iterable[Entry], folder: Path) -> tuple[float, float, Shelf]:
    """Build an index in a process of its own, as a bot with many films does; return both times and the shelf."""
    spool, target = folder / "films.jsonl", folder / "index"
    with spool.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(film)) + "\n" for film in films)
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot.catalog.titles.opening", str(spool), str(target), "benchmark"]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    built = time.perf_counter()
    shelf = Shelf.open(target, "benchmark")
    return built - started, time.perf_counter() - built, shelf


def shipped() -> list[dict[str, Any]]:
    """Return the films of the shipped index, the best known first."""
    films = sorted(read_index(ROOT / "data" / "index" / "films.jsonl"), key=lambda each: -each.fame)
    return [
        {
            "id": place,
            "title": each.film.title,
            "year": each.film.year,
            "pop": popularity_of(place),
            "alt": list(each.film.overview.also_known_as),
            "names": [role.actor or role.character or "" for role in each.film.cast],
        }
        for place, each in enumerate(films, start=1)
    ]


def recombined(films: Sequence[dict[str, Any]], count: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield `count` films: the real ones, then names made of halves of theirs and of the people in them."""
    yield from films
    known = {film["title"].casefold() for film in films}
    words = [film["title"].split() for film in films if len(film["title"].split()) > 1]
    people = [name.split()[-1] for film in films for name in film.get("names", ()) if name]
    people = people or [film["title"].split()[-1] for film in films]
    made = len(films)
    while made < count:
        one, two = dice.choice(words), dice.choice(words)
        parts = [*one[: dice.randint(1, len(one) - 1)], *two[dice.randint(1, len(two) - 1) :]]
        if dice.random() < 0.7:
            parts.insert(dice.randint(0, len(parts)), dice.choice(people))
        title = " ".join(parts)
        if title.casefold() not in known:
            made += 1
            popularity = max(0.0, dice.gauss(2, 4))
            yield {"id": made, "title": title, "year": dice.randint(1920, 2026), "pop": min(popularity, 9.0), "alt": []}


@dataclass(frozen=True, slots=True)
class Query:
    kind: str
    text: str
    film_id: int | None  # None: no film is meant


def queries(films: Sequence[dict[str, Any]], count: int, dice: random.Random) -> list[Query]:
    """Return `count` films' names as people type them, some of each kind, and texts that mean no film."""
    kinds: dict[str, Callable[[dict[str, Any]], str]] = {
        "exact": lambda film: film["title"].lower(),
        "one slip": lambda film: _slip(film["title"].lower(), dice),
        "two slips": lambda film: _slip(_slip(film["title"].lower(), dice), dice),
        "word order": lambda film: " ".join(dice.sample(film["title"].lower().split(), len(film["title"].split()))),
        "article": lambda film: f"the {film['title'].lower().removeprefix('the ')}",
        "with year": lambda film: f"{film['title'].lower()} {film['year']}",
        "numeral": lambda film: film["title"].lower().replace(" ii", " 2").replace("two", "2").replace("seven", "7"),
    }
    titles = [film["title"].casefold() for film in films]
    meant = [film for film in films if titles.count(film["title"].casefold()) == 1 and len(film["title"]) > 3]
    found = [
        Query(kind, bend(film), film["id"]) for kind, bend in kinds.items() for film in dice.sample(meant, count // 8)
    ]
    letters = "bcdfghklmnprstvz"
    for _ in range(count // 8):
        made = (
            "".join(dice.choice(letters) + dice.choice("aeiou") for _ in range(dice.randint(3, 5))) for _ in range(2)
        )
        found.append(Query("no film", " ".join(made), None))
    return found


def _slip(text: str, dice: random.Random) -> str:
    """Press a key beside the right one, leave one out, press one twice, or swap two."""
    at = dice.randrange(1, len(text))
    match dice.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at - 1] + text[at:]
        case 2 if at + 1 < len(text):
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case _:
            near = KEYS.find(text[at])
            return text[:at] + (KEYS[near - 1] if near > 0 else "e") + text[at + 1 :]


def _usher(engine: Engine) -> Callable[[str], Answers]:
    return lambda text: [film_id for film_id, _ in engine.search(text, 5)]


def _wratio(films: Sequence[dict[str, Any]]) -> Callable[[str], Answers]:
    names = [utils.default_process(film["title"]) for film in films]

    def search(text: str) -> Answers:
        found = process.extract(utils.default_process(text), names, scorer=fuzz.WRatio, processor=None, limit=5)
        return [films[at]["id"] for _, _, at in found]

    return search


def _trigrams(films: Sequence[dict[str, Any]]) -> Callable[[str], Answers]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE names USING fts5(title, tokenize = 'trigram')")
    db.executemany("INSERT INTO names (rowid, title) VALUES (?, ?)", ((film["id"], film["title"]) for film in films))

    def search(text: str) -> Answers:
        grams = {text[at : at + 3].replace('"', "") for at in range(len(text) - 2)}
        asked = " OR ".join(f'"{gram}"' for gram in grams if len(gram) == 3)
        sql = "SELECT rowid FROM names WHERE names MATCH ? ORDER BY bm25(names) LIMIT 5"
        return [film_id for (film_id,) in db.execute(sql, (asked,))] if asked else []

    return search


def _measured(search: Callable[[str], Answers], asked: Sequence[Query]) -> tuple[float, float, list[float]]:
    """Return hit@1 and hit@5 over the queries that mean a film, and the CPU seconds of each query."""
    first = fifth = meant = 0
    times: list[float] = []
    for query in asked:
        started = time.process_time()
        found = search(query.text)
        times.append(time.process_time() - started)
        if query.film_id is not None:
            meant += 1
            first += found[:1] == [query.film_id]
            fifth += query.film_id in found
    return first / meant, fifth / meant, sorted(times)


def _percentile(times: Sequence[float], share: float) -> str:
    return f"{1000 * times[min(len(times) - 1, int(share * len(times)))]:.1f}"


def _memory() -> float:
    """Return the resident memory of this process in MB; of the greatest so far where the system tells no more."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _row(name: str, cells: Iterable[str]) -> None:
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


async def longest_stall(engine: Engine, people: int, seconds: float) -> float:
    """Return the longest time in seconds that the bot's event loop was held up while `people` type ten keys a second.

    The bot is the real one, with its store open and the engine's titles in the place of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"USHER_DATABASE": Path(folder) / "usher.sqlite3", "DISCORD_TOKEN": None})
        async with open_bot(settings) as bot:
            bot.titles = engine.titles
            gc.freeze()  # as the command line does
            return await _stall_of(bot, people, seconds)


async def _stall_of(bot: Usher, people: int, seconds: float) -> float:
    dice, longest, running = random.Random(7), 0.0, True
    names = ["leaving las vegas", "the godfather part ii", "shawshenk redem", "spider man no way", "lord of the rings"]

    async def types(person: int) -> None:
        key = 0
        while running:
            name = dice.choice(names)
            for end in range(1, len(name) + 1):
                key += 1
                pressed: Any = SimpleNamespace(client=bot, user=SimpleNamespace(id=person), id=key, guild_id=None)
                typed = _slip(f" {name[:end]}", dice) if dice.random() < 0.1 else name[:end]
                await FilmOption().autocomplete(pressed, typed)
                await asyncio.sleep(0.1)

    async def probes() -> None:
        nonlocal longest
        while running:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - before - 0.001)

    tasks = [asyncio.create_task(types(person)) for person in range(people)]
    tasks.append(asyncio.create_task(probes()))
    await asyncio.sleep(seconds)
    running = False
    await asyncio.gather(*tasks)
    return longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="82000,1000000", help="how many films, with commas between them")
    parser.add_argument("--queries", type=int, default=1600)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long twenty people type at the bot")
    parser.add_argument("--no-others", action="store_true", help="measure Usher alone")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}\n")
    head = ("hit@1", "hit@5", "p50 ms", "p99 ms", "suggest p99 ms", "memory MB", "build s", "restart s", "stall ms")
    _row("engine", head)
    _row("---", ["---"] * len(head))
    for size in map(int, asked.sizes.split(",")):
        _measure(size, asked.queries, asked.seconds, with_others=not asked.no_others)


def _measure(size: int, count: int, seconds: float, *, with_others: bool) -> None:
    dice = random.Random(42)
    real = shipped()
    asked = queries(real, count, dice)
    before = _memory()
    engine = Engine(recombined(real, size, dice))
    for query in asked[:20]:
        engine.resolve(query.text)
    one, five, times = _measured(_usher(engine), asked)
    keys = _measured(lambda text: [film_id for film_id, _ in engine.autocomplete(text, 25)], _typed(asked, dice))[2]
    added = _memory() - before
    stall = asyncio.run(longest_stall(engine, 20, seconds))
    cells = [f"{one:.1%}", f"{five:.1%}", _percentile(times, 0.5), _percentile(times, 0.99), _percentile(keys, 0.99)]
    cells += [f"{added:.0f}", f"{engine.build_seconds:.1f}", f"{engine.open_seconds:.2f}", f"{1000 * stall:.1f}"]
    _row(f"Usher, {size:,} films", cells)
    wrong = sum(engine.resolve(query.text)[0] == "hit" for query in asked if query.film_id is None)
    print(f"<!-- texts that mean no film answered with one: {wrong} of {count // 8} -->")
    engine.close()
    if with_others:
        films = list(recombined(real, size, random.Random(42)))
        few = dice.sample(asked, SLOW_QUERIES)
        for name, make in (("rapidfuzz WRatio", _wratio), ("SQLite FTS5 trigram", _trigrams)):
            one, five, times = _measured(make(films), few)
            cells = [f"{one:.1%}", f"{five:.1%}", _percentile(times, 0.5), _percentile(times, 0.99)]
            _row(f"{name}, {size:,} films", [*cells, "-", "-", "-", "-", "-"])


def _typed(asked: Sequence[Query], dice: random.Random) -> list[Query]:
    """Return what stands in the box on the way to each query, at one key chosen by chance."""
    return [Query("typed", query.text[: dice.randint(1, len(query.text))], query.film_id) for query in asked]


if __name__ == "__main__":
    main()
