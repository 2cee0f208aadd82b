"""`python -m untfsse.embedded COMMAND …`: run a command with `DATABASE_URL` set to a server."""

import os
import sys
from pathlib import Path

from untfsse.embedded.cluster import (
    Cluster,
    find_account,
    find_program,
    lasting_cluster,
    throw_away_cluster,
)
from untfsse.embedded.faults import EmbeddedError
from untfsse.embedded.server import connection_url
from untfsse.embedded.sharing import enter, keep


def main(arguments: list[str]) -> None:
    """Become the given command, with `DATABASE_URL` set; a set one is left as it is."""
    is_throw_away = "--throw-away" in arguments[:3]
    if arguments[:1] == ["--keep"]:
        home, program, account = Path(arguments[1]), find_program(), find_account()
        keep(Cluster(home, program, account, is_throw_away=is_throw_away))
        return
    command = arguments[1:] if is_throw_away else arguments
    if not os.environ.get("DATABASE_URL"):
        try:
            cluster = throw_away_cluster() if is_throw_away else lasting_cluster()
            os.set_inheritable(enter(cluster), True)
        except EmbeddedError as error:
            sys.exit(str(error))
        os.environ |= {"DATABASE_URL": connection_url(cluster), "DEMO": "1"}
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
