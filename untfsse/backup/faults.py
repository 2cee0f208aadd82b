"""What went wrong with a backup, in a sentence for whoever made it."""

import errno
from pathlib import Path

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class BackupError(Exception):
    """Why a backup cannot be made or brought back, as a sentence."""


def explain_os_error(error: OSError, folder: Path) -> str:
    """Return what the system refused as a sentence."""
    if error.errno in NO_ROOM:
        return f"There is no room in {folder}: free some space, then start again."
    return f"{error.strerror or error}: {error.filename or folder}"
