"""What title resolution makes of a text, laid open for the command line."""

import time
from typing import TypedDict

from bot.catalog.titles import Ambiguous, Found, NotFound, Titles

SHOWN = 10  # films listed


class FilmFound(TypedDict):
    film: str
    film_id: int
    rank: float
    likeness: float  # 1: the very name
    popularity: float  # ln(votes + 1) or what stands for it


class Finding(TypedDict):
    text: str
    outcome: str  # found, guess, ask or none
    answer: list[str]
    films: list[FilmFound]
    milliseconds: float


def find(titles: Titles, text: str) -> Finding:
    """Return the outcome, the films that were looked at with their scores, and the CPU time of the answer."""
    titles.resolve(text)  # the first answer also pays for what is read from disk
    started = time.process_time()
    result = titles.resolve(text)
    spent = time.process_time() - started
    match result:
        case Found(film_id, sure):
            outcome, answer = ("found" if sure else "guess"), (film_id,)
        case Ambiguous(candidates):
            outcome, answer = "ask", candidates
        case NotFound(nearest):
            outcome, answer = "none", nearest
    return {
        "text": text,
        "outcome": outcome,
        "answer": [titles.label(film_id) for film_id in answer],
        "films": [
            {
                "film": titles.label(film.film_id),
                "film_id": film.film_id,
                "rank": round(film.rank, 3),
                "likeness": round(film.likeness, 3),
                "popularity": round(film.popularity, 1),
            }
            for film in titles.ranked(text)[:SHOWN]
        ],
        "milliseconds": round(1000 * spent, 2),
    }


def told(found: Finding) -> str:
    """Return a finding as lines to read."""
    sentences = {
        "found": "Found {}.",
        "guess": "A guess: {}.",
        "ask": "Asks which is meant: {}.",
        "none": "No film. The closest: {}.",
    }
    answer = ", ".join(found["answer"]) or "nothing is like it"
    lines = [sentences[found["outcome"]].format(answer), ""]
    lines += [
        f"{film['rank']:6.3f}  likeness {film['likeness']:5.3f}  popularity {film['popularity']:4.1f}  {film['film']}"
        for film in found["films"]
    ]
    return "\n".join([*lines, "", f"{found['milliseconds']} ms"])
