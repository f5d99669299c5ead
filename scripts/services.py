"""Which servers and programs this machine has for tests."""

import atexit
import os
import re
import shutil
from dataclasses import dataclass, field
from getpass import getuser
from pathlib import Path

POSTGRES_PORT = 5432
REDIS_PORT = 6379
# Redis has sixteen databases unless told otherwise; tests take the last empty one, a shop's own data lies in the first.
LAST_REDIS_DATABASE = 15
CLAIM = "smartpos:test-run"
CLAIM_SECONDS = 3600
LONGEST_WAIT = 3


@dataclass(slots=True)
class Servers:
    """What was found, as the product's own variables, and what was not."""

    env: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Names of what was found."""
        names = {"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Redis"}
        return " and ".join(names[name] for name in self.env)


def find() -> Servers:
    """The servers that the variables name, or those on the usual ports."""
    found = Servers()
    postgres, redis = find_postgres(), find_redis()
    if postgres is None:
        found.absent.append("PostgreSQL: nothing that lets us in on port 5432; name one by SMARTPOS_TEST_POSTGRES=postgres://…")
    else:
        found.env["DATABASE_URL"] = postgres
    if redis is None:
        found.absent.append("Redis: nothing answers on port 6379; name one by SMARTPOS_TEST_REDIS=redis://…")
    else:
        found.env["REDIS_URL"] = redis
    return found


def find_postgres() -> str | None:
    """A server on which we may make databases."""
    named = os.environ.get("SMARTPOS_TEST_POSTGRES")
    sockets = [Path("/var/run/postgresql"), Path("/tmp")]  # noqa: S108 - where servers put their sockets
    local = [str(folder) for folder in sockets if (folder / f".s.PGSQL.{POSTGRES_PORT}").exists()]
    users = dict.fromkeys(("postgres", getuser()))
    guesses = [f"postgres://{user}@127.0.0.1:{POSTGRES_PORT}/postgres" for user in users]
    guesses += [f"postgres://{user}@{folder.replace('/', '%2F')}/postgres" for folder in local for user in users]
    return next((url for url in ([named] if named else guesses) if may_make_databases(url)), None)


def may_make_databases(url: str) -> bool:
    """Whether somebody answers there and lets us in."""
    import psycopg  # noqa: PLC0415 - the set-up imports this module before packages are there

    try:
        with psycopg.connect(url, connect_timeout=LONGEST_WAIT) as connection:
            query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def drop_leftovers(url: str) -> None:
    """Databases of test runs on this machine that were killed before they could tidy up."""
    import psycopg  # noqa: PLC0415
    from psycopg import sql  # noqa: PLC0415

    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_smartpos_%'").fetchall()
        for (name,) in names:
            found = re.match(r"test_smartpos_(\d+)", name)
            if found and not Path(f"/proc/{found[1]}").exists():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def find_redis() -> str | None:
    """An empty database on a server that answers, ours until the run ends."""
    import redis  # noqa: PLC0415

    named = os.environ.get("SMARTPOS_TEST_REDIS")
    if named:
        return named
    for number in range(LAST_REDIS_DATABASE, 0, -1):
        url = f"redis://127.0.0.1:{REDIS_PORT}/{number}"
        try:
            with redis.Redis.from_url(url, socket_timeout=LONGEST_WAIT) as server:
                if not server.dbsize() and server.set(CLAIM, os.getpid(), nx=True, ex=CLAIM_SECONDS):
                    atexit.register(give_back, url)
                    return url
        except redis.RedisError:
            return None
    return None


def give_back(url: str) -> None:
    """Leave the database as it was found: empty."""
    import redis  # noqa: PLC0415

    with redis.Redis.from_url(url, socket_timeout=LONGEST_WAIT) as server:
        server.flushdb()


def chromium() -> str | None:
    """The browser's path."""
    named = os.environ.get("SMARTPOS_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")
