"""The benchmarks run: a small round, for what they print and not for how fast."""

import subprocess
import sys

from bot.config import ROOT


def test_the_benchmark_of_titles_prints_its_table() -> None:
    command = [sys.executable, "tests/benchmarks/titles.py", "--sizes", "800", "--queries", "80", "--seconds", "0.5"]

    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    assert result.returncode == 0, result.stderr
    rows = [line for line in result.stdout.splitlines() if line.startswith("| ")]
    assert [row.split("|")[1].strip() for row in rows] == [
        "engine",
        "---",
        "Usher, 800 films",
        "rapidfuzz WRatio, 800 films",
        "SQLite FTS5 trigram, 800 films",
    ]
