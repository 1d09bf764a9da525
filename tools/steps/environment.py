"""The virtual environment: made once, filled from the hashed requirements, then left alone."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from steps.places import LOGS, PYTHON, ROOT, VENV
from steps.say import Trouble, quietly, step

STAMP = VENV / "coregroup-installed.json"
RUN = "requirements.txt"
DEVELOP = "requirements-dev.txt"
INSTALL_MINUTES = {RUN: "about a minute", DEVELOP: "one to three minutes"}


def prepare(requirements: str) -> None:
    """Make .venv hold what the requirements file pins, and coregroup itself; skip what stands already.

    The developers' file holds everything of the other one, so that having it is having both.
    """
    done = _stamp()
    if not _venv_works() or done.get("home", str(ROOT)) != str(ROOT):
        _make_venv()
        done = {}
    done["home"] = str(ROOT)  # its scripts name the folder: a project that was moved gets a new environment
    wanted = {RUN: _digest(RUN)}
    if requirements == DEVELOP:
        wanted[DEVELOP] = _digest(DEVELOP)
    if any(done.get(name) != digest for name, digest in wanted.items()):
        _install(requirements)
        done.update(wanted)
        _keep(done)
    itself = _digest("pyproject.toml")
    if done.get("coregroup") != itself or not (VENV / "bin" / "coregroup").exists():
        _install_itself()
        done["coregroup"] = itself
        _keep(done)


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        kept = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _keep(done: dict[str, str]) -> None:
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(done, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def _venv_works() -> bool:
    new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", new_enough], capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    try:
        import venv
    except ImportError:
        raise Trouble(_missing("venv")) from None
    with step("making the virtual environment .venv"):
        if VENV.is_dir() and not VENV.is_symlink():
            shutil.rmtree(VENV)
        # Without pip when the system has no ensurepip: the system's own pip then installs into it.
        try:
            venv.create(VENV, with_pip=_has("ensurepip"), symlinks=True)
        except subprocess.CalledProcessError:
            raise Trouble(_missing("ensurepip")) from None


def _has(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is not None


def _missing(module: str) -> str:
    return (
        f"This Python has no {module}: install the Debian package python3-venv (apt install python3-venv), "
        "then run the command again."
    )


def _pip() -> list[str | Path]:
    """Return the start of a pip command that installs into .venv, whichever pip there is."""
    if list(VENV.glob("lib/python3*/site-packages/pip")):
        return [PYTHON, "-m", "pip"]
    if _has("pip"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    raise Trouble(
        "There is no pip: install the Debian packages python3-venv and python3-pip, "
        "then run the command again."
    )


def _install(requirements: str) -> None:
    how_long = INSTALL_MINUTES[requirements]
    with step(f"installing the packages that {requirements} pins ({how_long} the first time)"):
        quietly(
            [*_pip(), "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off",
             "--only-binary=:all:", "--require-hashes", "-r", ROOT / requirements],
            log=LOGS / "install.txt",
            failed="The packages could not be installed",
            cwd=ROOT,
        )  # fmt: skip


def _install_itself() -> None:
    with step("installing the coregroup command"):
        quietly(
            [*_pip(), "install", "--disable-pip-version-check", "--no-input", "--no-deps", "--no-index",
             "--no-build-isolation", "--config-settings", "editable_mode=compat", "--editable", ROOT],
            log=LOGS / "install-coregroup.txt",
            failed="The coregroup command could not be installed",
            cwd=ROOT,
        )  # fmt: skip
