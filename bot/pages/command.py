"""The page part of the command line: reads files, writes to standard output and error. Knows no rules of pages."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.pages.findings import Finding
from bot.pages.reader import PageError, Reading, read_page_bytes
from bot.pages.writer import write_page


def check(files: Sequence[str]) -> int:
    """Print every finding as `FILE:LINE: severity: message` and a summary; return 1 if one is an error."""
    counts: Counter[str] = Counter()
    for file in files:
        for finding in _findings(file):
            counts[finding.severity] += 1
            _out(_shown(file, finding))
    parts = ((len(files), "page"), (counts["error"], "error"), (counts["warning"], "warning"))
    _out(", ".join(f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in parts))
    return 1 if counts["error"] else 0


def show(file: str, *, as_json: bool) -> int:
    """Print the page in the project's own format, or its film as JSON; what came up goes to standard error."""
    try:
        reading = _read(file, strict=False)
    except PageError as problem:
        _err(_shown(file, Finding("error", str(problem), problem.line)))
        return 1
    for finding in reading.findings:
        _err(_shown(file, finding))
    for aside in reading.aside:
        _err(f"{file}:{aside.line}: kept aside: {aside.heading}\n{aside.text}".rstrip())
    _out(reading.film.model_dump_json(indent=2) if as_json else write_page(reading.film).rstrip("\n"))
    return 0


def _findings(file: str) -> tuple[Finding, ...]:
    try:
        return _read(file).findings
    except PageError as problem:
        return (Finding("error", str(problem), problem.line),)


def _read(file: str, *, strict: bool | None = None) -> Reading:
    try:
        data = Path(file).read_bytes()
    except OSError as problem:
        raise PageError(f"Check this path; the file cannot be read ({problem.strerror}).") from problem
    except ValueError as problem:
        raise PageError("Check this path; it is not the name of a file.") from problem
    return read_page_bytes(data, strict=strict)


def _shown(file: str, finding: Finding) -> str:
    line = "" if finding.line is None else f":{finding.line}"
    return f"{file}{line}: {finding.severity}: {finding.message}"


def _out(text: str) -> None:
    sys.stdout.write(f"{_encodable(text)}\n")


def _err(text: str) -> None:
    sys.stderr.write(f"{_encodable(text)}\n")


def _encodable(text: str) -> str:
    """Replace what no output takes: the stand-ins for undecodable bytes in a file's name."""
    return text.encode("utf-8", "replace").decode("utf-8")
