"""Says in one sentence that this Python is too old; written so that even an old Python can read it."""

import sys

OLDEST = (3, 11)


def demand():
    """Leave with one sentence and exit code 1 when Python is older than the code needs."""
    if sys.version_info[:2] < OLDEST:
        sys.stderr.write(
            "coregroup needs Python %d.%d or newer, and this is Python %d.%d (%s): "
            "install a newer one, or name it, as in `make run PYTHON=python3.11`.\n"
            % (OLDEST + tuple(sys.version_info[:2]) + (sys.executable or "python",))
        )
        sys.exit(1)
