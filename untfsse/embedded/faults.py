"""What went wrong with PostgreSQL, in a sentence for the person at the keyboard."""

import re
from contextlib import suppress
from pathlib import Path


class EmbeddedError(Exception):
    """Why PostgreSQL cannot be had, as a sentence for the person at the keyboard."""


def explain(name: str, output: str, log: Path) -> str:
    """Turn what a program and the server's log said into a sentence."""
    with suppress(OSError):
        output += log.read_text(errors="replace")[-4000:]
    if "No space left on device" in output:
        return "The disk is full: free some space, then start again."
    lines = [line for line in output.splitlines() if re.search(r"FATAL|PANIC|[Ee]rror", line)]
    reason = (lines or output.splitlines() or ["it said nothing"])[-1]
    return f"PostgreSQL's {name} failed: {reason.strip()} (its log: {log})"


def explain_os_error(error: OSError, attempt: str) -> str:
    """Return what failed and why as a sentence; `attempt` follows “Could not”."""
    return f"Could not {attempt}: {error.strerror or error}: {error.filename or ''}".rstrip(": ")
