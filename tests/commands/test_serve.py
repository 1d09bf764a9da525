"""Serving: what stands in its way is one sentence, and the fictional families are told once."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coregroup.commands import doctor, ground, serve


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port on which something listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        yield listening.getsockname()[1]


def refused(argv: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Serve, expect exit code 1, and give what was said: exactly one line."""
    assert serve.run(argv) == 1
    said = capsys.readouterr().err.strip()
    assert said and "\n" not in said and "Traceback" not in said
    return said


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COREGROUP_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("os.umask", lambda mask: 0)
    return tmp_path / "data"


def test_a_port_in_use_is_one_sentence(taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"Port {taken} is already in use" in refused(["--port", str(taken)], capsys)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "８０００"])
def test_a_port_that_is_none_is_one_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "whole number from 1 to 65535" in refused([f"--port={port}"], capsys)


def test_a_host_that_is_none_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no host" in refused(["--host", "nowhere.invalid", "--port", "18113"], capsys)


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COREGROUP_DATA", str(tmp_path / "file" / "data"))
    assert "cannot be written" in refused(["--port", "18113"], capsys)


class Demo:
    """Stands in for the fictional authorities."""

    def __init__(self) -> None:
        self.told = 0

    def load(self, say: Any) -> None:
        self.told += 1
        from django.contrib.auth import get_user_model

        get_user_model().objects.create_user("pat@example.test", "a long enough password")

    def people(self) -> list[dict[str, str]]:
        return [{"name": "Pat Moss", "role": "Lead worker", "email": "pat@example.test", "password": "x"}]


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, own_data: Path) -> Demo:
    own_data.mkdir()
    stand_in = Demo()
    monkeypatch.setattr(ground, "_demo", lambda: stand_in)
    return stand_in


@pytest.mark.django_db
def test_the_fictional_families_are_told_once(demo: Demo, own_data: Path) -> None:
    said: list[str] = []
    ground.load_demo(own_data, said.append)
    ground.load_demo(own_data, said.append)
    assert demo.told == 1
    assert not (own_data / ground.LOADING).exists()
    assert len([line for line in said if "pat@example.test" in line]) == 2


@pytest.mark.django_db
def test_nobody_is_shown_in_a_real_authoritys_database(demo: Demo, own_data: Path) -> None:
    from django.contrib.auth import get_user_model

    get_user_model().objects.create_user("real@authority.example", "a long enough password")
    said: list[str] = []
    ground.load_demo(own_data, said.append)
    assert demo.told == 0 and said == []


@pytest.mark.django_db
def test_a_telling_that_was_cut_short_leaves_its_mark(demo: Demo, own_data: Path) -> None:
    def cut_short(say: Any) -> None:
        raise KeyboardInterrupt

    demo.load = cut_short  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        ground.load_demo(own_data, lambda text: None)
    assert (own_data / ground.LOADING).exists()


def test_a_half_told_database_is_set_aside(
    demo: Demo, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    database = own_data / "coregroup.sqlite3"
    database.write_text("half told")
    (own_data / ground.LOADING).touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connection, "close", lambda: None)
    ground._set_aside_half_loaded(own_data, lambda text: None)
    assert not database.exists() and (own_data / "coregroup.sqlite3.cut-short").read_text() == "half told"
    assert not (own_data / ground.LOADING).exists()


def test_another_database_is_never_set_aside(
    demo: Demo, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    (own_data / ground.LOADING).touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", "elsewhere")
    with pytest.raises(ground.CannotServe, match="only in part"):
        ground._set_aside_half_loaded(own_data, lambda text: None)


@pytest.mark.django_db
def test_a_sound_database_is_migrated_in_silence() -> None:
    said: list[str] = []
    ground.migrate(said.append)
    assert said == []


def test_the_doctor_says_that_there_is_nothing_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.run([]) == 1
    assert "is not there" in capsys.readouterr().out


def test_the_doctor_finds_a_key_that_everyone_can_read(own_data: Path) -> None:
    own_data.mkdir()
    (own_data / "secret.key").write_text("x")
    (own_data / "secret.key").chmod(0o644)
    assert any("read by everyone" in fault for fault in doctor.data_folder())
    (own_data / "secret.key").chmod(0o600)
    assert not any("read by everyone" in fault for fault in doctor.data_folder())
