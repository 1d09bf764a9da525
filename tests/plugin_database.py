"""Lets a run be cut to the tests that touch the database, so that they can be run again on another engine.

Loaded for every run by the project's pytest settings. A test touches the database when it is marked
`django_db`, is a Django test case, or asks for a fixture that opens the database, itself or through others.
"""

import pytest

DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="run only the tests that touch the database"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite_only(reason): stands on something that only SQLite has")


def touches_database(item: pytest.Item) -> bool:
    """Answer whether a collected test opens the database."""
    if item.get_closest_marker("django_db"):
        return True
    if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    case = getattr(item, "cls", None)
    return bool(case and any(base.__name__ in ("TestCase", "TransactionTestCase") for base in case.__mro__))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if touches_database(item)]
    left = [item for item in items if not touches_database(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept
