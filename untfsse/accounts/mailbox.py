"""The mails of the demo: they lie in a folder, and are read there."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "django.core.mail.backends.filebased.EmailBackend"
MOST = 50
END = "-" * 79


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its reader sees it."""

    to: str
    subject: str
    date: str
    text: str


def is_folder() -> bool:
    """Whether mails lie in a folder in place of being sent."""
    return bool(settings.MAILERS["default"]["BACKEND"] == FOLDER and settings.IS_DEMO)


def mails() -> list[Mail]:
    """Return the latest mails, the last first."""
    files = sorted(Path(settings.MAIL_ROOT).glob("*.log"), reverse=True)[:MOST]
    return [mail for file in files for mail in reversed(read(file.read_bytes()))]


def read(content: bytes) -> list[Mail]:
    """Return the mails of a file."""
    found = []
    for part in content.split(f"\n{END}\n".encode()):
        if part.strip():
            message: Any = email.message_from_bytes(part, _class=EmailMessage, policy=default)
            text = message.get_body(("plain",)).get_content()
            found.append(Mail(message["to"], message["subject"], message["date"], text))
    return found
