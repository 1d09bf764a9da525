"""The smaller commands' set-up: the developers' environment, and nothing said when it stands already."""

from steps import environment, places


def main(arguments: list[str]) -> int:
    """Make the developers' environment stand."""
    with places.one_at_a_time():
        environment.prepare(environment.DEVELOP)
    return 0
