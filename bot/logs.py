"""Logging to stderr, with every token taken out whatever the level."""

import logging
import re
import sys

_SECRETS = (
    re.compile(r"(?<=/interactions/)(\d+)/[^/\s'\"?]+"),
    re.compile(r"(?<=/webhooks/)(\d+)/[^/\s'\"?]+"),
    re.compile(r"()(?<=['\"]token['\"]: )['\"][^'\"]*['\"]"),
    re.compile(r"()\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),
    re.compile(r"((?:Bot|Bearer) )[\w.-]{20,}"),
)


def redact(text: str) -> str:
    """Return `text` without bot tokens and interaction tokens."""
    for secret in _SECRETS:
        text = secret.sub(r"\1/[token]" if secret.pattern.startswith("(?<=/") else r"\1[token]", text)
    return text


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(level: str) -> None:
    """Log everything from `level` up to stderr, one line a record, tracebacks below."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
