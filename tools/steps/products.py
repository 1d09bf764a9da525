"""What is made from the sources before anything runs: the pages' assets, the compiled messages."""

import os
import subprocess

from steps.places import LOGS, PYTHON, ROOT, VENV
from steps.say import Trouble, line, quietly, step


def assets() -> None:
    """Build the pages' style, script and fonts into build/; instant when nothing changed.

    The builder speaks for itself, line by line, and says in one sentence why it failed.
    """
    builder = ROOT / "tools" / "build_assets.py"
    if not builder.exists():
        raise Trouble("tools/build_assets.py is missing: this copy of the project is not whole.")
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [str(PYTHON), str(builder)], cwd=ROOT, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        # The builder has already said its own sentence on standard error.
        raise SystemExit(done.returncode)


def catalogues() -> None:
    """Compile each message catalogue that is newer than its compiled form."""
    stale = [
        source
        for source in sorted((ROOT / "coregroup").rglob("*.po"))
        if not _fresh(str(source), str(source.with_suffix(".mo")))
    ]
    if not stale:
        return
    with step(f"compiling {len(stale)} message catalogues" if len(stale) > 1 else "compiling the messages"):
        for source in stale:
            quietly(
                [PYTHON, "-m", "babel.messages.frontend", "compile", "--input-file", source,
                 "--output-file", source.with_suffix(".mo"), "--locale", source.parts[-3]],
                log=LOGS / "messages.txt",
                failed=f"The message catalogue {source.relative_to(ROOT)} could not be compiled",
            )  # fmt: skip


def _fresh(source: str, made: str) -> bool:
    return os.path.exists(made) and os.path.getmtime(made) >= os.path.getmtime(source)


def everything() -> None:
    """Build all of it."""
    assets()
    catalogues()
    line("assets and messages are built")
