"""Where the reader puts what it notices while it goes through a page. Takes nothing apart itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from bot.pages._lines import Row, Token, unshield
from bot.pages.findings import Finding, Place, Severity
from bot.pages.model import Entry

OUT_OF_RANGE = "Mend this entry; a part of it is empty or out of range."
E = TypeVar("E", bound=Entry)


class PageError(Exception):
    """A page that cannot be read at all. The text is one clear sentence."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class Malformed(Exception):  # noqa: N818 - caught where it is raised, never an error of the program
    """A line that is not what its section asks for; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines that were not understood, as they stood; `heading` is the one above them, `line` the first."""

    line: int
    heading: str
    text: str


@dataclass(slots=True)
class _Pile:
    heading: str
    message: str
    place: Place
    first: int
    last: int
    texts: list[str]


class Desk:
    """One reading: how strict it is, and what came up. `loose` is a pasted page, with more forms to try."""

    def __init__(self, *, strict: bool, loose: bool) -> None:
        self.loose = loose
        self.heading = ""
        self.lines: dict[Place, int] = {}
        self._severity: Severity = "error" if strict else "warning"
        self._findings: list[Finding] = []
        self._piles: list[_Pile] = []

    @property
    def findings(self) -> list[Finding]:
        """All that was reported, one finding for each run of lines kept aside."""
        piles = (Finding(self._severity, pile.message, pile.first, pile.place) for pile in self._piles)
        return [*self._findings, *piles]

    @property
    def aside(self) -> tuple[Aside, ...]:
        return tuple(Aside(pile.first, pile.heading, "\n".join(pile.texts).strip()) for pile in self._piles)

    def report(self, message: str, line: int | None, place: Place = (), *, severity: Severity | None = None) -> None:
        self._findings.append(Finding(severity or self._severity, message, line, place))

    def put_aside(self, what: Row | Token, message: str, place: Place = ()) -> None:
        """Keep a line that was not understood; neighbours with the same message make one pile."""
        line = what.line if isinstance(what, Token) else what.number
        pile = self._piles[-1] if self._piles else None
        if pile and (pile.heading, pile.message) == (self.heading, message) and pile.last < line <= pile.last + 2:
            pile.texts.append(what.raw)
            pile.last = line
        else:
            self._piles.append(_Pile(self.heading, message, place, line, line, [what.raw]))

    def open_aside(self, row: Row, message: str) -> Callable[[Row], None]:
        """Keep a whole section aside that begins with `row`; return what takes its further rows."""
        pile = _Pile(self.heading, message, (), row.number, row.number, [])
        self._piles.append(pile)
        return lambda further: pile.texts.append(further.raw)

    def entries(self, found: Sequence[Token], place: Place, parse: Callable[[Token, bool], E]) -> tuple[E, ...]:
        """Parse each bullet; what is no bullet, or not what `parse` asks for, is kept aside."""
        kept: list[E] = []
        for token in found:
            if token.kind != "bullet":
                self.put_aside(token, "Start each entry of this section with “- ”.", place)
                continue
            entry = self.attempt(token, place, parse)
            if entry is not None:
                self.lines[*place, len(kept)] = token.line
                kept.append(entry)
        return tuple(kept)

    def attempt(self, token: Token, place: Place, parse: Callable[[Token, bool], E]) -> E | None:
        """Parse one token, or keep it aside and return None."""
        try:
            return parse(token, self.loose)
        except Malformed as problem:
            self.put_aside(token, str(problem), place)
        except ValidationError:
            self.put_aside(token, OUT_OF_RANGE, place)
        return None

    def texts(self, found: Sequence[Token], place: Place) -> tuple[str, ...]:
        """Return the readable texts of paragraphs; any other token is kept aside."""
        kept: list[str] = []
        for token in found:
            if token.kind != "paragraph":
                self.put_aside(token, "Write plain paragraphs here.", place)
            elif token.is_spoiler and place != ("ending",):
                self.put_aside(token, "Move this to the ending; a paragraph cannot be hidden.", place)
            elif text := readable(token.text):
                self.lines[*place, len(kept)] = token.line
                kept.append(text)
        return tuple(kept)


def readable(text: str) -> str:
    """Return shielded `text` as the model keeps it, or "" when nothing of it could be seen."""
    plain = unshield(text)
    return plain if any(char.isprintable() and not char.isspace() for char in plain) else ""
