"""`make run`: from a fresh clone to a served page, saying what it does, in one command."""

import os
from typing import NoReturn

from steps import environment, places, products
from steps.say import Trouble


def main(arguments: list[str]) -> NoReturn:
    """Check what can be checked at once, set up what is missing, then become `coregroup serve`."""
    port = places.port(os.environ.get("PORT"))
    places.check_writable(places.ROOT, places.data_folder())
    places.check_port_free(port)
    with places.one_at_a_time():
        environment.prepare(environment.RUN)
        products.assets()
        products.catalogues()
    command = [str(places.VENV / "bin" / "coregroup"), "serve", "--port", str(port), *arguments]
    try:
        os.chdir(places.ROOT)
        os.execv(command[0], command)
    except OSError as error:
        raise Trouble(f"The coregroup command does not start ({error.strerror}).") from error
