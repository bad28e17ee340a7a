"""Settings: read from the environment and a file, refused in one clear sentence."""

from pathlib import Path

import pytest

from bot.config import ROOT, Settings, SettingsError, has_screen, read_settings


def test_without_settings_the_defaults_stand_beside_the_program() -> None:
    settings = read_settings()

    assert settings.token is None
    assert settings.database == ROOT / "data" / "usher.sqlite3"
    assert settings.data == ROOT / "data"
    assert settings.spoiler_mode == "marked"
    assert settings.commands_per_minute == 30


def test_a_token_is_read_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very.private.token")

    settings = read_settings()

    assert settings.token is not None
    assert settings.token.get_secret_value() == "very.private.token"
    assert "private" not in repr(settings)


def test_an_empty_setting_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")

    assert read_settings().token is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("USHER_SPOILER_MODE", "loud", "USHER_SPOILER_MODE: Input should be 'marked' or 'cover'"),
        ("USHER_COMMANDS_PER_MINUTE", "none", "USHER_COMMANDS_PER_MINUTE: Input should be a valid integer"),
        ("USHER_LOG_LEVEL", "shout", "USHER_LOG_LEVEL: Input should be 'DEBUG'"),
    ],
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert str(refused.value).startswith(words)
    assert "\n" not in str(refused.value)


def test_a_settings_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")

    with pytest.raises(SettingsError, match="not UTF-8"):
        read_settings()


def test_a_browser_opens_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()

    monkeypatch.setenv("DISPLAY", ":0")
    assert has_screen()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setattr("sys.platform", "darwin")
    assert has_screen()
