"""What the reader and the doctor have to say about a page, as values. No rules and no reading here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Place = tuple[str | int, ...]  # the path of a field in Film, such as ("faq", 3); () is the page itself
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; `message` is a short sentence that says what to do, `line` counts from 1."""

    severity: Severity
    message: str
    line: int | None = None
    place: Place = ()


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by line; what has no line comes last."""
    return tuple(sorted(findings, key=lambda finding: (finding.line is None, finding.line or 0)))
