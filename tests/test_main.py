"""The command line as a person meets it: real processes, real exit codes, one clear line when something is wrong."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from discord.http import Route

from bot.__main__ import CommandError, _live, main
from bot.config import ROOT, read_settings

PATIENCE = 30  # seconds for a process to come up or go down; a bound, not a measure
PAGE = "data/films/leaving-las-vegas-1995.md"


def _environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("USHER_", "DISCORD_"))}
    return kept | settings


def _bot(*arguments: str, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env=_environment(PYTHONPATH=str(ROOT), **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def _running(*arguments: str, **settings: str) -> Generator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    """Start the bot and yield it with the lines it prints; end it in any case."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=_environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    stream = process.stdout
    reader = threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True)
    reader.start()
    try:
        yield process, lines
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)
        reader.join(PATIENCE)
        stream.close()


def test_help_lists_the_commands() -> None:
    result = _bot("--help")

    assert result.returncode == 0
    for command in ("run", "preview", "page", "catalog"):
        assert f"\n    {command} " in result.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_without_a_token_the_preview_starts_and_a_signal_ends_it_well(number: signal.Signals) -> None:
    with _running("run", "--no-browser") as (process, lines):
        first = lines.get(timeout=PATIENCE)
        second = lines.get(timeout=PATIENCE)
        assert first.startswith("Usher preview: http://127.0.0.1:")
        assert "DISCORD_TOKEN" in second

        process.send_signal(number)
        assert process.wait(10) == 0
    rest = [lines.get() for _ in range(lines.qsize())]
    assert rest == []


def test_a_bad_setting_is_named_in_one_line() -> None:
    result = _bot("run", USHER_SPOILER_MODE="loud")

    assert result.returncode == 1
    assert result.stderr == "usher: USHER_SPOILER_MODE: Input should be 'marked' or 'cover'. See .env.example.\n"


def test_a_missing_data_folder_is_named_in_one_line(tmp_path: Path) -> None:
    result = _bot("run", "--no-browser", USHER_DATA=str(tmp_path / "nowhere"))

    assert result.returncode == 1
    assert result.stderr.startswith("usher: The data folder ")
    assert result.stderr.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "usher.sqlite3").write_bytes(b"no database" * 1000)

    result = _bot("catalog", "load", USHER_DATABASE=str(tmp_path / "usher.sqlite3"))

    assert result.returncode == 1
    assert result.stderr.startswith("usher: The database ")
    assert "Traceback" not in result.stderr


def test_a_port_that_is_none_is_refused() -> None:
    result = _bot("preview", "--port", "99999")

    assert result.returncode == 2
    assert "'99999' is not a port between 0 and 65535" in result.stderr


def test_a_port_in_use_is_named_in_one_line() -> None:
    with _running("preview", "--no-browser") as (_, lines):
        port = lines.get(timeout=PATIENCE).split("/#")[0].rsplit(":", 1)[1]
        result = _bot("preview", "--no-browser", "--port", port)

    assert result.returncode == 1
    assert result.stderr == f"usher: The preview cannot start: preview could not bind port {port}.\n"


def test_the_preview_of_direct_messages_starts_as_well() -> None:
    with _running("preview", "--no-browser", "--dm") as (_, lines):
        assert lines.get(timeout=PATIENCE).startswith("Usher preview: ")


def test_it_runs_from_any_folder(tmp_path: Path) -> None:
    result = _bot("catalog", "load", cwd=tmp_path, USHER_DATABASE=str(tmp_path / "usher.sqlite3"))

    assert result.returncode == 0
    assert result.stdout.endswith(" added, 0 changed, 0 removed\n")


def test_the_catalog_is_counted_from_a_database_that_is_only_read(tmp_path: Path, loaded_database: Path) -> None:
    path = shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3")
    before = path.read_bytes()

    result = _bot("catalog", "stats", USHER_DATABASE=str(path))

    assert result.returncode == 0
    assert "with a page\n" in result.stdout
    assert "synopsis" in result.stdout
    assert path.read_bytes() == before


def test_a_page_is_checked_and_shown(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["page", "check", str(ROOT / PAGE)]) == 0
    capfd.readouterr()

    assert main(["page", "show", str(ROOT / PAGE)]) == 0
    assert capfd.readouterr().out == (ROOT / PAGE).read_text(encoding="utf-8")


def test_an_index_is_built_from_a_file_of_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("USHER_DATA", str(tmp_path))
    (tmp_path / "index").mkdir()
    source = tmp_path / "facts.jsonl"
    source.write_text('{"title": "One", "year": 1991, "cast": [], "sources": ["wd"]}\n', encoding="utf-8")

    assert main(["catalog", "build-index", str(source)]) == 0
    assert capsys.readouterr().out.startswith("1 films written to ")
    assert main(["catalog", "build-index", str(tmp_path / "none")]) == 1


GOOD_TOKEN = "good.token"  # noqa: S105 (of the Discord below)


def _json(body: object, status: int = 200) -> web.Response:
    # discord.py 2.7.1 reads JSON only under this very content type, without a charset.
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


@pytest_asyncio.fixture
async def loopback_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[None]:
    """Stand in for Discord on loopback: it knows one token, and has no gateway."""

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bot {GOOD_TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        me = {"id": "42", "username": "Usher", "discriminator": "0", "avatar": None, "bot": True}
        match request.path.rsplit("/", 2)[-2:]:
            case ["users", "@me"]:
                return _json(me)
            case ["applications", "@me"]:
                application = {
                    "id": "43",
                    "name": "Usher",
                    "description": "",
                    "icon": None,
                    "verify_key": "",
                    "owner": me,
                }
                return _json(application | {"bot_public": True, "bot_require_code_grant": False, "flags": 0})
            case [_, "commands"]:
                return _json([])
            case _:
                return _json({"message": "no gateway here", "code": 0}, status=403)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield
    await runner.cleanup()


async def test_a_wrong_token_is_one_clear_line(
    loopback_discord: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loaded_database: Path
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "not.a.token")
    monkeypatch.setenv("USHER_DATABASE", str(shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3")))

    with pytest.raises(CommandError, match="Discord refused DISCORD_TOKEN"):
        await _live(read_settings())


async def test_a_right_token_prints_the_invite_link(
    loopback_discord: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    loaded_database: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", GOOD_TOKEN)
    monkeypatch.setenv("USHER_DATABASE", str(shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3")))

    with pytest.raises(CommandError, match="Discord broke off: The gateway to connect to discord was not found"):
        await _live(read_settings())

    printed = capsys.readouterr().out
    assert "Usher is Usher. Invite link: https://discord.com/oauth2/authorize?client_id=43&" in printed
    assert "permissions=85056" in printed


def test_an_unreachable_discord_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, loaded_database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:9")  # the discard port: nothing listens
    monkeypatch.setenv("DISCORD_TOKEN", "not.a.token")
    monkeypatch.setenv("USHER_LOG_LEVEL", "error")
    monkeypatch.setenv("USHER_DATABASE", str(shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3")))

    assert main(["run"]) == 1
    assert capsys.readouterr().err.startswith("usher: Discord cannot be reached: ")


def test_the_example_of_settings_names_every_setting() -> None:
    from bot.config import Settings

    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = [str(field.validation_alias) for field in Settings.model_fields.values()]

    assert [name for name in names if f"{name}=" not in example] == []


def test_a_text_is_found_and_why(tmp_path: Path, loaded_database: Path) -> None:
    path = str(shutil.copyfile(loaded_database, tmp_path / "usher.sqlite3"))

    told = _bot("find", "leavin las vegas", USHER_DATABASE=path)
    laid_open = _bot("find", "solaris", "--json", USHER_DATABASE=path)

    assert told.stdout.startswith("A guess: Leaving Las Vegas (1995).\n")
    assert " ms\n" in told.stdout
    found = json.loads(laid_open.stdout)
    assert found["outcome"] == "ask"
    assert set(found["answer"][:2]) == {"Solaris (1972)", "Solaris (2002)"}
    assert found["films"][0]["likeness"] == 1.0
