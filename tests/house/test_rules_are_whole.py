"""The rules' data leave no gaps: consequences, sources, worked examples, bank holidays far enough ahead."""

import datetime

import pytest

from coregroup.rules import book, consequences, dates, happenings


def every_happening() -> set[type[happenings.Happening]]:
    """Give every kind of happening, however deep it stands under another."""
    found, ahead = set(), [happenings.Happening]
    while ahead:
        children = ahead.pop().__subclasses__()
        found |= set(children)
        ahead += children
    return found


def test_every_happening_says_what_follows_from_it() -> None:
    happens = {kind for kind in every_happening() if kind.__module__.startswith(happenings.__name__)}
    assert happens
    assert set(consequences.TABLE) == happens


def test_every_happening_says_what_it_is() -> None:
    assert [kind.__name__ for kind in every_happening() if not (kind.__doc__ or "").strip()] == []


@pytest.mark.parametrize("identifier", book.identifiers())
def test_every_timescale_has_a_source_and_two_worked_examples(identifier: str) -> None:
    procedure = book.load(identifier)
    assert procedure.rules, f"{identifier} has no timescales"
    for rule in procedure.rules.values():
        assert all(edition.source for edition in rule.editions), f"{identifier}: {rule.name} has no source"
        examples = [example for edition in rule.editions for example in edition.examples]
        assert len(examples) >= 2, f"{identifier}: {rule.name} has {len(examples)} worked examples"


def test_all_nine_procedures_are_there() -> None:
    assert set(book.identifiers()) >= {
        "england", "wales", "scotland", "northern-ireland", "warwickshire", "nottinghamshire",
        "denbighshire", "scottish-council", "cambridgeshire",
    }  # fmt: skip


def test_bank_holidays_reach_a_year_ahead() -> None:
    in_a_year = datetime.date.today() + datetime.timedelta(days=366)
    assert dates.table_ends() > in_a_year, "run tools/make_holidays.py for later years"
