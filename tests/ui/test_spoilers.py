"""Hidden text stays hidden, whatever it is made of."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.ui import spoilers
from bot.ui.text import units

AWKWARD = (
    "He || dies",
    "|| ||",
    "ends in a backslash \\",
    "`code` and ```fence```",
    "> quote",
    "# heading",
    "- item",
    "a\n\nb",
    "https://example.org/||x||",
    "[text](https://example.org)",
    "**bold ||and|| more**",
    "\\||escaped\\||",
    "<@123> @everyone <t:1:R>",
    "\u202eright to left",
    "zero\u200bwidth |\u200b|",
    "lone \ud800 surrogate",
    "👨‍👩‍👧 family",
)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_stays_within_one_pair_of_bars_a_paragraph(text: str) -> None:
    (page,) = spoilers.hide([text])

    for line in filter(None, page.split("\n")):
        assert line == spoilers.NOTHING or (line.startswith("||") and line.endswith("||") and line.count("|") == 4)


def test_a_text_without_letters_is_not_wrapped_in_empty_bars() -> None:
    assert spoilers.hide(["…", "||", ""]) == [spoilers.NOTHING]


def test_each_paragraph_has_bars_of_its_own() -> None:
    assert spoilers.hide(["He stays.", "She goes."]) == ["||He stays.||\n\n||She goes.||"]


def test_a_long_ending_is_split_before_it_is_wrapped() -> None:
    pages = spoilers.hide(["A sentence of the ending that goes on. " * 200])

    assert len(pages) > 1
    for page in pages:
        assert units(page) < 4096
        assert all(line.startswith("||") and line.endswith("||") for line in page.split("\n\n"))


def test_no_page_has_more_than_twenty_spoilers() -> None:
    pages = spoilers.hide([f"Paragraph {number}." for number in range(50)])

    assert [page.count("||") // 2 for page in pages] == [20, 20, 10]


@given(st.lists(st.text(st.characters(blacklist_categories=()), max_size=300), max_size=5))
def test_whatever_is_hidden_nothing_stands_outside_the_bars(paragraphs: list[str]) -> None:
    for page in spoilers.hide(paragraphs):
        outside = re.sub(r"\|\|[^|]+\|\|", "", page)
        assert outside.strip() in ("", spoilers.NOTHING)
        inside = re.findall(r"\|\|([^|]+)\|\|", page)
        assert all("\n" not in text and not set(text) & set("\\`*_~<>[]{}|") for text in inside)
        assert all("|" not in unicodedata.normalize("NFKC", text) for text in inside)


@given(st.text(max_size=200))
def test_hidden_text_reads_as_one_paragraph_of_plain_text_to_a_markdown_parser(text: str) -> None:
    (page,) = spoilers.hide([text])
    tokens = MarkdownIt("commonmark").parse(page)

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert [child.type for child in tokens[1].children or ()] == ["text"]
