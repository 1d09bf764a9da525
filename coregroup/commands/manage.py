"""`coregroup manage`: Django's own management commands, for whoever looks after an installation."""

import os
import sys
from collections.abc import Sequence

from coregroup.commands import ground


def run(argv: Sequence[str]) -> int:
    """Run one management command with its arguments, as in `coregroup manage check`; gives its exit code."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", ground.SETTINGS)
    os.environ["COREGROUP_DATA"] = str(ground.data_folder())
    os.umask(0o077)
    try:
        ground.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        execute_from_command_line(["coregroup manage", *argv])
    except OSError as error:
        print(f"A file could not be written: {error.strerror or error} ({error.filename}).", file=sys.stderr)
        return 1
    return 0
