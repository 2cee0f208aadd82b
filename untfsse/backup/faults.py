"""What went wrong with a backup, in a sentence for whoever made it."""

from pathlib import Path

from untfsse.kit.faults import NO_ROOM, StoreError


class BackupError(Exception):
    """Why a backup cannot be made or brought back, as a sentence."""


def explain_os_error(error: OSError, folder: Path | str) -> str:
    """Return what the system, or a bucket, refused as a sentence."""
    if isinstance(error, StoreError):
        return str(error)
    if error.errno in NO_ROOM:
        return f"There is no room in {folder}: free some space, then start again."
    return f"{error.strerror or error}: {error.filename or folder}"
