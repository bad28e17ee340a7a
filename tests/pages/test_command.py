"""The command line's page part, on real files."""

import json
from pathlib import Path

import pytest

from bot.pages.command import check, show
from bot.pages.model import Film, Overview
from bot.pages.writer import write_page

PASTED = Path(__file__).parent / "pasted.txt"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "heat.md"
    path.write_text(write_page(Film(title="Heat", year=1995)), encoding="utf-8")
    return path


def test_a_clean_page_has_only_a_summary(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(clean)]) == 0
    assert capsys.readouterr().out == "1 page, 0 errors, 0 warnings\n"


def test_a_pasted_page_has_warnings_with_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(PASTED)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{PASTED}:2: warning: Add a link to the trailer."
    assert lines[-1] == "1 page, 0 errors, 12 warnings"


def test_a_page_in_own_format_is_checked_strictly(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean.write_text(clean.read_text(encoding="utf-8").replace("## 🏆 Awards", "## Prizes"), encoding="utf-8")
    assert check([str(clean)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{clean}:27: error: Rename or remove this section; it is not one of the page's.",
        f"{clean}: error: Add the section “Awards”; it is missing.",
        "1 page, 2 errors, 0 warnings",
    ]


def test_files_that_cannot_be_read_are_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\x00")
    latin = tmp_path / "latin"
    latin.write_bytes(b"# A\n\xff")
    assert check([str(tmp_path / "none"), str(tmp_path), "a\x00b", str(binary), str(latin)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'none'}: error: Check this path; the file cannot be read (No such file or directory).",
        f"{tmp_path}: error: Check this path; the file cannot be read (Is a directory).",
        "a\x00b: error: Check this path; it is not the name of a file.",
        f"{binary}: error: Choose a text file; this one is binary.",
        f"{latin}:2: error: Save this file as UTF-8; it holds bytes that are not.",
        "5 pages, 5 errors, 0 warnings",
    ]


def test_a_name_with_undecodable_bytes_is_still_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(["\udcff"]) == 1
    assert capsys.readouterr().out.startswith("?: error: ")


def test_show_rewrites_a_page_and_tells_what_came_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(str(PASTED), as_json=False) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# The Apartment (1960)\n\n## 🎯 Quick Overview\n- Director: Billy Wilder\n")
    assert out.endswith("nothing is kept here.\n")
    assert f"{PASTED}:2: warning: Add a link to the trailer.\n" in err
    assert err.endswith(
        f"{PASTED}:55: kept aside: Similar Movies\nIf The Apartment was to your taste, these might be too:\n"
    )


def test_show_prints_the_film_as_json(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean.write_text(write_page(Film(title="Heat", overview=Overview(runtime=170))), encoding="utf-8")
    assert show(str(clean), as_json=True) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["overview"]["runtime"] == 170
    assert err == ""


def test_show_of_what_is_no_page_is_one_line_of_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(str(tmp_path / "none"), as_json=False) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{tmp_path / 'none'}: error: Check this path; the file cannot be read (No such file or directory).\n"
