"""What several proofs need: a database of their own that processes can share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.prove.ground import ROOT


@pytest.fixture
def own_database(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of processes that share a database of their own, on the engine under test."""
    env = {**os.environ, "COREGROUP_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    (tmp_path / "data").mkdir()
    env.pop("DATABASE_URL", None)
    if connection.vendor == "sqlite":
        yield env
        return
    server = {key: connection.settings_dict[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
    secret = f"password={server['PASSWORD']}" if server["PASSWORD"] else ""
    where = f"host={server['HOST']} port={server['PORT']} user={server['USER']} {secret} dbname=postgres"
    name = f"proof_{os.getpid()}"
    with psycopg.connect(where, autocommit=True) as admin:
        admin.execute(f"create database {name}")
    try:
        who = f"{server['USER']}:{quote(server['PASSWORD'])}" if secret else server["USER"]
        url = f"postgres://{who}@{server['HOST']}:{server['PORT']}/{name}"
        yield {**env, "DATABASE_URL": url}
    finally:
        with psycopg.connect(where, autocommit=True) as admin:
            admin.execute(f"drop database {name} with (force)")
