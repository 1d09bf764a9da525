"""How each command ends: quietly when it went well, else with one sentence and never a traceback."""

import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from steps import places
from steps.say import Trouble, sentence, shown


def leave_by(main: Callable[[list[str]], int]) -> NoReturn:
    """Run a command's main function with the arguments and exit with its code, also on a stop signal."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = main(sys.argv[1:])
    except Trouble as trouble:
        sentence(str(trouble))
        code = 1
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        sentence(f"That could not be done: {error.strerror or error}{where}.")
        code = 1
    except Exception as error:
        sentence(f"That failed unexpectedly: {type(error).__name__}: {error}{_kept_details()}.")
        code = 1
    sys.exit(code)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """Turn a request to stop into the same way out as Ctrl-C, so that whatever was started is ended."""
    raise KeyboardInterrupt


def _kept_details() -> str:
    """Write the details of the error in hand where a developer finds them, and say where that is."""
    try:
        places.LOGS.mkdir(parents=True, exist_ok=True)
        log = places.LOGS / "unexpected.txt"
        log.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        return ""
    return f" (details are in {shown(log)})"
