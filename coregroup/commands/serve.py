"""`coregroup serve`: make ready what is missing, say who can sign in, and serve the pages on this machine.

Takes a port and a host; gives 0 when it was stopped, 1 with one sentence on standard error when it cannot
serve. A second start does nothing twice: the database, the static files and the fictional authorities are
looked at, and made only where they are missing or out of date.
"""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from coregroup.commands import ground

DEFAULT_PORT = 8000


def run(argv: Sequence[str]) -> int:
    """Serve until stopped; a port in use, an unwritable folder, a silent database are one sentence and 1."""
    options = _options(argv)
    try:
        port = _port(options.port)
        os.umask(0o077)  # whatever is made from here on is for its owner alone
        data = ground.data_folder()
        _check_writable(data)
        claimed = _claim(options.host, port)
        os.environ["PORT"] = str(port)
        ground.wake_django()
        with ground.alone(data, say=_say):
            _check_unanswered(options.host, port)
            ground.make_ready(data, say=_say, demo=not options.without_demo)
            _listen(claimed, port)
        return _serve(claimed, options.host, port, workers=options.workers)
    except ground.CannotServe as reason:
        sys.stdout.flush()
        print(reason, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="coregroup serve", description="Serve the pages, making ready what is missing."
    )
    parser.add_argument(
        "--port", default=os.environ.get("PORT") or str(DEFAULT_PORT), help="default: PORT, else 8000"
    )
    parser.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer, of four threads each")
    parser.add_argument(
        "--without-demo",
        action="store_true",
        default=os.environ.get("COREGROUP_DEMO") == "no",
        help="leave an empty database empty (also COREGROUP_DEMO=no)",
    )
    return parser.parse_args(argv)


def _say(text: str) -> None:
    print(text, flush=True)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ground.CannotServe(f"The port must be a whole number from 1 to 65535, and it is {text!r}.")
    return int(text)


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ground.CannotServe(
            f"The data folder {folder} cannot be written ({error.strerror}): "
            "make it writable, or name another one in COREGROUP_DATA."
        ) from error


def _claim(host: str, port: int) -> socket.socket:
    """Bind the port before the work begins; it listens only when there is something to answer with."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        claimed = socket.socket(family, socket.SOCK_STREAM)
        claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claimed.bind((host, port))
    except PermissionError as error:
        raise ground.CannotServe(
            f"Port {port} needs an administrator's right: choose one above 1023."
        ) from error
    except socket.gaierror as error:
        raise ground.CannotServe(f"There is no host {host!r} to serve on ({error.strerror}).") from error
    except OSError as error:
        raise _port_taken(port) from error
    _check_unanswered(host, port)
    return claimed


def _check_unanswered(host: str, port: int) -> None:
    """Raise CannotServe when somebody answers on the port: two may bind one, but only one may listen."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return
    raise _port_taken(port)


def _listen(claimed: socket.socket, port: int) -> None:
    try:
        claimed.listen(256)
    except OSError as error:
        raise _port_taken(port) from error
    claimed.set_inheritable(True)


def _port_taken(port: int) -> ground.CannotServe:
    return ground.CannotServe(
        f"Port {port} is already in use: stop what listens there, or choose another with PORT or --port."
    )


def _serve(claimed: socket.socket, host: str, port: int, *, workers: int) -> int:
    application = ground.application()
    shown = f"[{host}]" if ":" in host else host
    _say("")
    _say(f"coregroup is at http://{shown}:{port}/  (Ctrl-C stops it)")
    ground.close_connections()
    _gunicorn(application, claimed, workers)
    return 0


def _gunicorn(application: Callable[..., object], claimed: socket.socket, workers: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        """Gunicorn with our settings and no configuration file."""

        def load_config(self) -> None:
            settings = {
                "bind": f"fd://{claimed.fileno()}",
                "workers": max(1, workers),
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 60,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "control_socket_disable": True,
                "proc_name": "coregroup",
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., object]:
            return application

    try:
        Server().run()
    except SystemExit as left:
        # Gunicorn leaves by SystemExit also when it was asked to stop.
        if left.code not in (0, None):
            raise ground.CannotServe(
                "The server could not be started; its own message stands above."
            ) from left
