"""The `coregroup` command: finds the sub-command and hands over. It imports nothing that it does not need."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence

# name -> (module with `run(argv) -> int`, what it is for)
COMMANDS = {
    "serve": ("coregroup.commands.serve", "serve the pages on this machine"),
    "demo": ("coregroup.commands.demo", "load the fictional authorities, or list who can sign in"),
    "setup": (
        "coregroup.commands.setup",
        "set up a real authority: administrator, procedure, agencies, people",
    ),
    "timetable": ("coregroup.commands.timetable", "work out every date of a procedure, and why"),
    "import": ("coregroup.commands.imports", "bring in an outline plan from a file"),
    "work": ("coregroup.commands.work", "do what is waiting: clocks, reminders, sending"),
    "doctor": ("coregroup.commands.doctor", "look for what is wrong with this installation"),
    "manage": ("coregroup.commands.manage", "the Django management commands behind it all"),
}


def available() -> dict[str, tuple[str, str]]:
    """The commands whose module is there."""
    return {name: entry for name, entry in COMMANDS.items() if importlib.util.find_spec(entry[0])}


def help_text() -> str:
    """What `coregroup --help` prints."""
    lines = [f"  {name:<11}{meaning}" for name, (_, meaning) in available().items()]
    return "\n".join(
        [
            "Usage: coregroup COMMAND [...]",
            "",
            "The one safe place where a child protection core group does its work.",
            "",
            *lines,
            "",
            "coregroup COMMAND --help says more about each.",
        ]
    )


def unknown(name: str) -> str:
    """One sentence for a command that is not there, with the nearest that are."""
    from coregroup.rules.procedure import Unknown

    sentence = str(Unknown("command", name, available()))
    return f"{sentence[0].upper()}{sentence[1:]}."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; 2 for a command that is not there."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("--help", "-h", "help"):
        print(help_text())
        return 0
    name, rest = words[0], words[1:]
    if name == "--version":
        from importlib.metadata import version

        print(f"coregroup {version('coregroup')}")
        return 0
    entry = COMMANDS.get(name)
    if entry is None or not importlib.util.find_spec(entry[0]):
        print(unknown(name), file=sys.stderr)
        return 2
    return int(importlib.import_module(entry[0]).run(rest))


if __name__ == "__main__":
    sys.exit(main())
