"""What the person at the terminal reads while a step runs, and the one sentence when it fails."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTED = time.monotonic()


class Trouble(Exception):
    """A step that cannot be done; its text is the one sentence that the person reads."""


def line(text: str) -> None:
    """Print one line with the seconds since the start, at once, also into a pipe."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step before it runs, and say how long it took when it took noticeably long."""
    line(f"{text} ...")
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    if took > 2:
        line(f"  done in {took:.0f} s")


def quietly(
    command: Sequence[str | Path],
    *,
    log: Path,
    failed: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command with its output in a log file; raise Trouble with its last telling line when it fails.

    `failed` begins the sentence, as in "The packages could not be installed".
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as out:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=dict(env) if env is not None else None,
                cwd=cwd,
            )
        except OSError as error:
            raise Trouble(f"{failed}: {command[0]} does not start ({error.strerror}).") from error
    if done.returncode:
        raise Trouble(f"{failed}: {telling_line(log)} (all of it is in {shown(log)}).")


def telling_line(log: Path) -> str:
    """Return the line of a log that most likely says what went wrong: the last error, else the last line."""
    lines = [text.strip() for text in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    lines = [text for text in lines if text and not text.startswith(("[notice]", "WARNING"))]
    errors = [text for text in lines if "error" in text.lower()]
    return (errors or lines or ["it said nothing"])[-1].rstrip(".")


def shown(path: Path) -> str:
    """Return a path as a person would type it from where they stand."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def sentence(text: str) -> None:
    """Print the one sentence of a failure on standard error."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)
