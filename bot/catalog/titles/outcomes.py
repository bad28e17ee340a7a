"""What title resolution answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """One film; not `sure` when it is a guess, with the `others` it could have been."""

    film_id: int
    sure: bool
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several films that the text may mean, the likeliest first."""

    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No film; `nearest` are the closest all the same."""

    nearest: tuple[int, ...] = ()


Outcome = Found | Ambiguous | NotFound


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete choice: the text that is shown and sent, and the film it resolves to."""

    label: str
    film_id: int
