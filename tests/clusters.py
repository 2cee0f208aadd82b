"""PostgreSQL servers of a test's own: set up, copied, spoken to by the ORM."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from untfsse.embedded import Cluster, server
from untfsse.settings import BASE_DIR

type Database = psycopg.Connection[tuple[Any, ...]]


def make_folder(cluster: Cluster, name: str) -> Path:
    folder = cluster.home / name
    folder.mkdir()
    shutil.chown(folder, cluster.account.pw_uid, cluster.account.pw_gid)
    folder.chmod(0o700)
    return folder


def set_up(cluster: Cluster, **settings: str) -> None:
    """Write settings where they outweigh those of the demo."""
    with (cluster.data / "postgresql.auto.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())


def start(cluster: Cluster) -> None:
    server.configure(cluster, cluster.data)
    with (cluster.data / "pg_hba.conf").open("a") as file:
        file.write("local replication untfsse peer map=portal\n")
    arguments = [f"--pgdata={cluster.data}", f"--log={cluster.log}", "--wait", "--silent"]
    cluster.run("pg_ctl", *arguments, "start")


def stop_at_once(cluster: Cluster) -> None:
    """Kill the server as a crash would; its data stays."""
    cluster.run("pg_ctl", f"--pgdata={cluster.data}", "--mode=immediate", "--silent", "stop")


def connect(cluster: Cluster, name: str = "postgres") -> Database:
    url = server.connection_url(cluster).replace("/untfsse?", f"/{name}?")
    return psycopg.connect(url, autocommit=True)


def place(cluster: Cluster) -> str:
    """Return where the server is, for its own programs."""
    return f"host={cluster.data} port={server.PORT} user={server.NAME}"


def migrate(cluster: Cluster) -> str:
    """Make the portal's database and its tables; return its address."""
    server.ensure_database(cluster)
    url = server.connection_url(cluster)
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=BASE_DIR, env=os.environ | {"DATABASE_URL": url}, check=True)
    return url


def begin_replica(cluster: Cluster, **settings: str) -> Cluster:
    """Copy a server while it runs, and let the copy follow it."""
    base = make_folder(cluster, "base")
    where = f"--dbname={place(cluster)}"
    options = ["--write-recovery-conf", "--checkpoint=fast"]
    cluster.run("pg_basebackup", f"--pgdata={base}", where, *options)
    following = replace(cluster, home=make_folder(cluster, "replica"))
    base.rename(following.data)
    # The demo has its socket among the data.
    (following.data / f"{server.SOCKET}.lock").unlink(missing_ok=True)
    set_up(following, **settings)
    start(following)
    return following


@contextmanager
def speaking_to(cluster: Cluster) -> Iterator[None]:
    """Let Django in this process speak to a server of its own."""
    facts = connection.settings_dict
    before = {name: facts[name] for name in ("NAME", "HOST", "PORT")}
    connection.close()
    facts |= {"NAME": server.NAME, "HOST": str(cluster.data), "PORT": str(server.PORT)}
    try:
        yield
    finally:
        connection.close()
        facts |= before
