import gzip
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.index import (
    BadIndexError,
    FilmRecord,
    IndexedFilm,
    build_index,
    fame,
    natural_title,
    read_index,
)
from bot.pages.model import Award, BoxOffice, Film, Overview, Role

SHIPPED = Path(__file__).parents[2] / "data" / "index" / "films.jsonl"

VERTIGO: dict[str, object] = {
    "title": "Vertigo",
    "year": 1958,
    "aka": ["From Among the Dead"],
    "imdb_id": "tt0052357",
    "wikidata_id": "Q202548",
    "directors": ["Alfred Hitchcock"],
    "genres": ["Thriller", "Mystery"],
    "countries": ["United States"],
    "languages": ["American English", "English", "France"],
    "release_date": "1958-05-09",
    "runtime_min": 128,
    "cast": [
        {"actor": "James Stewart", "character": "Scottie"},
        {"actor": "Kim Novak", "character": None},
    ],
    "budget_usd": 2479000,
    "domestic_gross_usd": 7000000,
    "worldwide_gross_usd": 7800000,
    "awards": [
        {
            "body": "Academy Awards",
            "category": "Art Direction (Black-And-White Or Color)",
            "year": 1959,
            "won": False,
            "for": "Hal Pereira, Henry Bumstead, Sam Comer, Harry Belafonte, Jr.",
        },
        {
            "body": "Wikidata",
            "category": "Academy Award for Best Sound",
            "year": None,
            "won": False,
            "for": None,
        },
        {
            "body": "Wikidata",
            "category": "BAFTA Award for Best Film",
            "year": None,
            "won": True,
            "for": None,
        },
    ],
    "sources": ["cmu", "wd", "wp"],
}


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def record(title: str, year: int = 1960, **facts: object) -> dict[str, object]:
    return {"title": title, "year": year, "directors": ["Someone"], "sources": ["wd"], **facts}


def built(tmp_path: Path, *records: dict[str, object], limit: int = 10) -> list[IndexedFilm]:
    target = tmp_path / "films.jsonl"
    build_index(write(tmp_path / "facts.jsonl", *records), target, limit)
    return list(read_index(target))


def names(index: list[IndexedFilm]) -> list[str]:
    return [indexed.film.name for indexed in index]


def test_the_facts_of_a_film_come_back_in_the_models_form(tmp_path: Path) -> None:
    assert built(tmp_path, VERTIGO) == [
        IndexedFilm(
            Film(
                title="Vertigo",
                year=1958,
                overview=Overview(
                    imdb_id="tt0052357",
                    also_known_as=("From Among the Dead",),
                    directors=("Alfred Hitchcock",),
                    genres=("Thriller", "Mystery"),
                    countries=("United States",),
                    languages=("English",),
                    released=date(1958, 5, 9),
                    runtime=128,
                ),
                cast=(Role(actor="James Stewart", character="Scottie"), Role(actor="Kim Novak")),
                box_office=BoxOffice(budget=2479000, domestic=7000000, worldwide=7800000),
                awards=(
                    Award(
                        name="Academy Award",
                        category="Best Art Direction (Black-and-White or Color)",
                        year=1959,
                        result="nominated",
                        recipients=("Hal Pereira", "Henry Bumstead", "Sam Comer", "Harry Belafonte Jr."),
                    ),
                    Award(name="BAFTA Award", category="Best Film", result="won"),
                ),
            ),
            fame=1.0,
        )
    ]


def test_only_the_best_known_films_are_chosen_and_ranked(tmp_path: Path) -> None:
    little = record("Little Known")
    some = record("Some Known", sources=["wd", "wp"])
    well = record("Well Known", sources=["wd", "wp", "osc"], worldwide_gross_usd=500_000_000)
    index = built(tmp_path, little, some, well, limit=2)
    assert [(one.film.title, one.fame) for one in index] == [("Some Known", 0.5), ("Well Known", 1.0)]


def test_a_wanted_film_is_chosen_however_little_is_known_of_it(tmp_path: Path) -> None:
    source = write(tmp_path / "facts.jsonl", VERTIGO, record("Little Known", 1931))
    target = tmp_path / "films.jsonl"
    assert build_index(source, target, 1, {("Little Known", 1931)}) == 1
    assert names(list(read_index(target))) == ["Little Known (1931)"]


def test_leaving_las_vegas_is_never_left_out(tmp_path: Path) -> None:
    vegas = record("Leaving Las Vegas", 1995, genres=["Erotic"], tags=["Erotic"])
    assert names(built(tmp_path, VERTIGO, vegas, limit=1)) == ["Leaving Las Vegas (1995)"]


def test_pornography_is_left_out_and_a_drama_tagged_erotic_is_not(tmp_path: Path) -> None:
    index = built(
        tmp_path,
        record("Genre", genres=["Erotic"], wikidata_id="Q1"),
        record("Tag Alone", genres=["Romance"], tags=["Erotic"]),
        record("Drama", genres=["Drama"], tags=["Erotic"], wikidata_id="Q2"),
    )
    assert names(index) == ["Drama (1960)"]


def test_films_stand_by_title_then_year(tmp_path: Path) -> None:
    index = built(tmp_path, record("Psycho", 1998, sources=["wd", "wp"]), record("Alien", 1979), record("Psycho", 1960))
    assert names(index) == ["Alien (1979)", "Psycho (1960)", "Psycho (1998)"]


def test_the_same_film_is_not_listed_twice(tmp_path: Path) -> None:
    index = built(
        tmp_path,
        record("Heat", 1995, directors=["Michael Mann"], imdb_id="tt0113277", sources=["wd", "wp"]),
        record("Heat (film)", 1995, imdb_id="tt0113277"),
        record("Heat", 1995, directors=["Michael Mann"]),
        record("Heat", 1995, directors=[]),
        record("Heat", 1995, directors=["Another"], imdb_id="tt0000002"),
    )
    assert [(one.film.name, one.film.overview.directors) for one in index] == [
        ("Heat (1995)", ("Another",)),
        ("Heat (1995)", ("Michael Mann",)),
    ]


@pytest.mark.parametrize(
    ("catalogued", "said"),
    [
        ("Lost Weekend, The", "The Lost Weekend"),
        ("Trip to the Moon;A", "A Trip to the Moon"),
        ("Avventura, L'", "L'Avventura"),
        ("Todesking, Der", "Der Todesking"),
        ("Liar, Liar", "Liar, Liar"),
        ("The Good, the Bad and the Ugly", "The Good, the Bad and the Ugly"),
    ],
)
def test_a_catalogued_title_is_written_as_it_is_said(catalogued: str, said: str) -> None:
    assert natural_title(catalogued) == said


def test_a_wanted_title_is_found_in_its_catalogued_form(tmp_path: Path) -> None:
    source = write(tmp_path / "facts.jsonl", VERTIGO, record("Lost Weekend, The", 1945))
    build_index(source, tmp_path / "films.jsonl", 1, {("The Lost Weekend", 1945)})
    [indexed] = read_index(tmp_path / "films.jsonl")
    assert (indexed.film.name, indexed.film.overview.also_known_as) == ("The Lost Weekend (1945)", ())


def test_values_known_to_be_wrong_are_left_out(tmp_path: Path) -> None:
    [jaws] = built(
        tmp_path,
        record("Jaws", 1975, budget_usd=12_000_000, domestic_gross_usd=260_000_000, countries=["United States"]),
    )
    assert jaws.film.box_office == BoxOffice(domestic=260_000_000)


@pytest.mark.parametrize(
    ("money", "kept"),
    [
        (("Russia", 400_000_000, None, None), BoxOffice()),
        (("United States", 800_000, None, None), BoxOffice(budget=800_000)),
        (("United States", None, None, 32_000_000), BoxOffice()),
        (("Russia", None, 5_000_000, 5_000_000), BoxOffice(domestic=5_000_000)),
    ],
)
def test_money_that_may_mean_something_else_is_left_out(
    tmp_path: Path, money: tuple[str, int | None, int | None, int | None], kept: BoxOffice
) -> None:
    country, budget, domestic, worldwide = money
    facts = {"budget_usd": budget, "domestic_gross_usd": domestic, "worldwide_gross_usd": worldwide}
    [indexed] = built(tmp_path, {**record("A Film", countries=[country]), **facts})
    assert indexed.film.box_office == kept


def test_namesakes_with_the_same_takings_lose_them_both(tmp_path: Path) -> None:
    index = built(
        tmp_path,
        record("Frozen", 2010, domestic_gross_usd=393_050_114),
        record("Frozen", 2013, domestic_gross_usd=393_050_114),
        record("Tangled", 2010, domestic_gross_usd=200_821_936),
    )
    assert [one.film.box_office.domestic for one in index] == [None, None, 200_821_936]


@pytest.mark.parametrize("day", ["1960-01-01", "1975-06-05"])
def test_a_date_that_cannot_be_the_release_is_left_out(tmp_path: Path, day: str) -> None:
    [indexed] = built(tmp_path, record("A Film", 1960, release_date=day))
    assert indexed.film.overview.released is None


def test_no_more_than_ten_of_the_cast_are_kept(tmp_path: Path) -> None:
    cast = [{"actor": f"Actor {number}", "character": None} for number in range(12)]
    [indexed] = built(tmp_path, record("A Film", cast=cast))
    assert [role.actor for role in indexed.film.cast][-1] == "Actor 9"


def test_the_same_facts_give_the_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    facts = [VERTIGO, record("Alien"), record("Brazil")]
    for name, order in (("one.jsonl.gz", facts), ("two.jsonl.gz", facts[::-1])):
        build_index(write(tmp_path / "facts.jsonl", *order), tmp_path / name, 10)
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()


def test_a_gzipped_index_reads_like_a_plain_one(tmp_path: Path) -> None:
    source = tmp_path / "facts.jsonl.gz"
    source.write_bytes(gzip.compress(json.dumps(VERTIGO).encode()))
    for name in ("films.jsonl", "films.jsonl.gz"):
        build_index(source, tmp_path / name, 10)
    assert (tmp_path / "films.jsonl.gz").read_bytes()[:8] == b"\x1f\x8b\x08\0\0\0\0\0"  # no time of day
    assert list(read_index(tmp_path / "films.jsonl.gz")) == list(read_index(tmp_path / "films.jsonl"))


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    path.write_text('\n{"film": {"title": "Alien"}, "fame": 0.5}\n\n', encoding="utf-8")
    assert list(read_index(path)) == [IndexedFilm(Film(title="Alien"), 0.5)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "films.jsonl, line 2: the line: Invalid JSON"),
        (b'{"film": {"title": "\xff"}, "fame": 0.5}', "films.jsonl, line 2: "),
        (b'{"film": {"title": "Alien"}}', "films.jsonl, line 2: fame: Field required"),
        (b'{"film": {"title": "Alien"}, "fame": 2}', "films.jsonl, line 2: fame: "),
        (b'{"film": {"title": "Alien", "rating": 5}, "fame": 0.5}', "films.jsonl, line 2: film.rating: "),
        (b'{"film": {"title": "Alien", "ending": ["x"]}, "fame": 0.5}', "line 2: more than facts: ending"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "films.jsonl"
    path.write_bytes(b'{"film": {"title": "Aliens"}, "fame": 1}\n' + line + b"\n")
    with pytest.raises(BadIndexError) as caught:
        list(read_index(path))
    assert reason in str(caught.value)
    assert caught.value.line == 2


def test_a_damaged_gzip_file_is_a_bad_index(tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"film": {"title": "Alien"}, "fame": 1}\n' * 50)[:-12])
    with pytest.raises(BadIndexError, match="the gzip file is damaged"):
        list(read_index(path))


def test_a_bad_line_of_facts_leaves_no_index_behind(tmp_path: Path) -> None:
    source = write(tmp_path / "facts.jsonl", VERTIGO, {"title": "No Year"})
    with pytest.raises(BadIndexError, match="line 2: year: Field required"):
        build_index(source, tmp_path / "films.jsonl", 10)
    assert not (tmp_path / "films.jsonl").exists()


def test_more_sources_cast_money_and_awards_each_make_a_film_better_known() -> None:
    plain = record("A Film")
    more: list[dict[str, object]] = [
        {"sources": ["wd", "wp"]},
        {"cast": [{"actor": "Someone"}]},
        {"wikidata_id": "Q1"},
        {"worldwide_gross_usd": 10_000_000},
        {"awards": [{"body": "Wikidata", "category": "Golden Bear", "won": True}]},
    ]
    base = fame(FilmRecord.model_validate(plain))
    assert base == 1.0
    assert all(fame(FilmRecord.model_validate(plain | facts)) > base for facts in more)


def test_the_shipped_index_reads_to_the_end_and_holds_the_namesakes() -> None:
    index = list(read_index(SHIPPED))
    assert names(index) == sorted(names(index), key=lambda name: (name[:-7], name[-5:-1]))
    assert 500 <= len(index) <= 700
    assert {
        *("Leaving Las Vegas (1995)", "The Lost Weekend (1945)", "Days of Wine and Roses (1962)"),
        *("Fear and Loathing in Las Vegas (1998)", "Requiem for a Dream (2000)", "Sid and Nancy (1986)"),
        *("Psycho (1960)", "Psycho (1998)", "Dune (1984)", "Dune (2021)", "Solaris (1972)", "Solaris (2002)"),
        *("Scarface (1932)", "Scarface (1983)", "The Thing (1982)", "The Thing (2011)"),
        *("A Star Is Born (1937)", "A Star Is Born (1954)", "A Star Is Born (1976)", "A Star Is Born (2018)"),
        *("King Kong (1933)", "King Kong (1976)", "King Kong (2005)", "Crash (1996)", "Crash (2004)"),
        *("West Side Story (1961)", "West Side Story (2021)", "Ocean's 11 (1960)", "Ocean's Eleven (2001)"),
        *("Godzilla (1954)", "Godzilla (1998)", "Godzilla (2014)", "Titanic (1953)", "Titanic (1997)"),
        *("Frozen (2010)", "Frozen (2013)", "Dracula (1931)"),
    } <= set(names(index))


def test_no_film_stands_twice_in_the_shipped_index() -> None:
    films = [indexed.film for indexed in read_index(SHIPPED)]
    ids = Counter(film.overview.imdb_id for film in films if film.overview.imdb_id)
    people = Counter((film.title, film.year, film.overview.directors) for film in films)
    assert [key for counts in (ids, people) for key, count in counts.items() if count > 1] == []
