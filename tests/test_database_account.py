"""The database account of a deployment: no superuser, and yet it migrates."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from untfsse.backup.programs import find_program

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def server() -> Iterator[str]:
    """The server of the run, without the account and the database afterwards."""
    url = os.environ["DATABASE_URL"]
    yield url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS portal_account")
        connection.execute("DROP ROLE IF EXISTS portal_account")


def test_the_account_that_the_deployment_makes_is_no_superuser_and_migrates(server: str) -> None:
    psql = Path(find_program("psql", 15)).parent
    environment = {"PATH": f"{psql}:{os.environ['PATH']}", "PORTAL_PASSWORD": "it's secret"}
    environment["PORTAL_ACCOUNT"] = "portal_account"
    subprocess.run(["sh", "deploy/database.sh", server], cwd=ROOT, env=environment, check=True)

    # The server of the tests lets its own account in alone: it takes the other's rights.
    url = urlsplit(server)
    mine = f"{url.scheme}://{url.netloc}/portal_account?{url.query}&options=-crole%3Dportal_account"
    with psycopg.connect(mine, autocommit=True) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owned = connection.execute(
            "SELECT extname FROM pg_extension WHERE extowner = current_user::regrole"
        ).fetchall()
        assert (row, owned) == ((False,) * 5, [])
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": mine, "DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
