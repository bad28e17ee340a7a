"""Words and figures the way people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.text import as_of, cut, day, echo, escape, money, plural, runtime, split, units, unmarked


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [
        (0, "$0"),
        (850_000, "$850,000"),
        (3_600_000, "$3.6 million"),
        (32_029_928, "$32 million"),
        (203_388_186, "$203 million"),
        (2_923_706_026, "$2.92 billion"),
        (100_000_000, "$100 million"),
        (1_000_000_000, "$1 billion"),
        (999_999_999, "$1 billion"),
    ],
)
def test_money_is_rounded_as_people_say_it(dollars: int, shown: str) -> None:
    assert money(dollars) == shown


@pytest.mark.parametrize(("minutes", "shown"), [(111, "1 h 51 min"), (45, "45 min"), (120, "2 h")])
def test_runtime_is_hours_and_minutes(minutes: int, shown: str) -> None:
    assert runtime(minutes) == shown


def test_dates_and_their_freshness_name_the_month() -> None:
    assert day(date(1995, 10, 27)) == "27 October 1995"
    assert as_of("2026-08") == " (as of August 2026)"
    assert as_of("2023") == " (as of 2023)"
    assert as_of(None) == ""


def test_counts_agree_with_their_noun() -> None:
    assert plural(1, "vote") == "1 vote"
    assert plural(139_000, "vote") == "139,000 votes"


def test_escaped_text_has_no_markdown_mention_or_link_left() -> None:
    assert escape("**a** ||b|| <@1> [x](y) `c`") == r"\*\*a\*\* \|\|b\|\| \<@1\> \[x\](y) \`c\`"
    assert escape("# big") == r"\# big"
    assert escape("- item") == r"\- item"
    assert escape("1. one") == r"1\. one"
    assert escape("https://example.org") == "https:⁄⁄example.org"
    assert escape("a\u202eb\u200bc\ud800d") == "abcd"


def test_unmarked_text_carries_look_alikes_and_no_backslashes() -> None:
    assert unmarked("*batteries not included") == "∗batteries not included"
    assert unmarked("a||b\\") == "a││b⧵"


def test_an_echo_is_cut_to_eighty_characters() -> None:
    assert len(echo("x" * 200)) == 80
    assert echo("a\nb") == "a b"


def test_text_is_cut_at_the_end_of_a_sentence_where_one_is_near() -> None:
    assert cut("One sentence here. Another one there.", 30) == "One sentence here.…"
    assert cut("no sentence in all these words", 20) == "no sentence in all…"
    assert cut("short", 20) == "short"


def test_long_text_is_split_into_balanced_pieces_at_sentences() -> None:
    text = "Sentence number one is here. " * 10
    pieces = split(text.strip(), 150)

    assert [len(piece) for piece in pieces] == [144, 144] or all(100 < len(piece) <= 150 for piece in pieces)
    assert " ".join(pieces) == text.strip()


@given(st.text(max_size=400), st.integers(20, 120))
def test_no_piece_is_longer_than_asked_and_no_letter_is_lost(text: str, limit: int) -> None:
    pieces = split(text, limit)

    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert units(cut(text, limit)) <= limit
