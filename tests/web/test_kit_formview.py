"""The view behind a form: nothing typed is lost, whatever goes wrong."""

from __future__ import annotations

import html as markup
import json
import re
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse

from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import AlreadyDone, Clash, Problem, Problems
from coregroup.web.kit import drafts, fields, formview, pages
from coregroup.web.kit.forms import Form
from tests.pages import check_page
from tests.web.test_kit_pages import ACTOR, asked

pytestmark = pytest.mark.urls("tests.web.test_kit_pages")
ADDRESS = "/plans/3/outcome/?item=9"


class Outcome(Form):
    change = fields.LongTextField(label="What must change?")
    measure = fields.TextField(label="Measure", required=False)
    by_when = fields.DateField(label="Date", required=False)
    rating = fields.ChoiceField(label="Rating", choices=[("a", "Good"), ("b", "Poor")], required=False)
    secret = fields.PasswordField(label="Password", required=False)


class Shelf:
    """Drafts without a database."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Any, str], dict[str, Any]] = {}

    def keep(self, *, key: str, data: dict[str, Any], by: Actor) -> None:
        self.kept[by.person, key] = data

    def drop(self, *, key: str, by: Actor) -> None:
        self.kept.pop((by.person, key), None)

    def find(self, *, key: str, by: Actor) -> dict[str, Any] | None:
        return self.kept.get((by.person, key))


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """Puts the shelf in the place of the database."""
    shelf = Shelf()
    monkeypatch.setattr(drafts.casework_drafts, "keep", shelf.keep)
    monkeypatch.setattr(drafts.casework_drafts, "drop", shelf.drop)
    monkeypatch.setattr(drafts.casefile_drafts, "kept", shelf.find)
    yield shelf


def opened(do: Any = None, *, stands: int | None = None, actor: Any = ACTOR, **sent: Any) -> HttpResponse:
    """The form's page; sent if anything is sent."""
    request = asked(ADDRESS, actor, "post" if sent else "get", **sent)
    return formview.form_view(
        request,
        form_class=Outcome,
        do=do or (lambda form: "7"),
        to=lambda result: f"/done/{result}/",
        context={"title": "Outcome", "submit": "Save"},
        initial={"change": "As it stands"},
        base=stands,
    )


def text(response: HttpResponse) -> str:
    page = response.content.decode()
    check_page(page, path=ADDRESS)
    return markup.unescape(page)


def raising(fault: Exception) -> Any:
    def do(form: Any) -> None:
        raise fault

    return do


def test_the_form_begins_from_the_record(shelf: Shelf) -> None:
    page = text(opened(stands=4))
    assert ">\nAs it stands</textarea>" in page
    assert '<input type="hidden" name="base" value="4">' in page
    assert f'data-draft-key="{ADDRESS}"' in page
    assert re.search(r'name="once" value="[0-9a-f]{32}"', page)


def test_a_good_form_is_done_and_its_draft_forgotten(shelf: Shelf) -> None:
    shelf.keep(key=ADDRESS, data={"change": ["Half a thought"]}, by=ACTOR)
    seen: list[Any] = []

    def do(form: Any) -> str:
        seen.append((form.cleaned_data["change"], form.once, form.base))
        return "7"

    response = opened(do, change="Mornings", once="a" * 32, base="4")
    assert response["Location"] == "/done/7/"
    assert seen == [("Mornings", "a" * 32, 4)]
    assert shelf.kept == {}


def test_an_invalid_form_is_kept_as_a_draft_and_drawn_again(shelf: Shelf) -> None:
    page = text(opened(change="Typed", **{"by_when-day": "31", "by_when-month": "2"}, secret="hunter2"))
    assert "<title>Error: Outcome – coregroup</title>" in page
    assert "Date must include a year" in page
    assert shelf.kept[ACTOR.person, ADDRESS]["by_when-day"] == ["31"]
    assert "hunter2" not in json.dumps(list(shelf.kept.values()))
    again = text(opened())
    assert ">\nTyped</textarea>" in again
    assert "This is what you had typed before" in again


def test_a_draft_can_be_thrown_away(shelf: Shelf) -> None:
    shelf.keep(key=ADDRESS, data={"change": ["Half a thought"]}, by=ACTOR)
    response = opened(discard="yes", change="Half a thought")
    assert response["Location"] == ADDRESS
    assert shelf.kept == {}


def test_a_draft_is_one_persons_and_one_forms(shelf: Shelf) -> None:
    shelf.keep(key="/plans/4/outcome/", data={"change": ["Of another plan"]}, by=ACTOR)
    shelf.keep(
        key=ADDRESS, data={"change": ["Of somebody else"]}, by=Actor(uuid.UUID(int=9), None, "Owen Hale")
    )
    page = text(opened())
    assert "Of another plan" not in page
    assert "Of somebody else" not in page


def test_what_the_verb_finds_stands_at_its_field(shelf: Shelf) -> None:
    page = text(opened(raising(Problem("measure", "Say how it is measured")), change="Typed"))
    assert '<a href="#id_measure">Say how it is measured</a>' in page
    page = text(opened(raising(Problems([(None, "Not yet"), ("nowhere", "Nor this")])), change="Typed"))
    assert '<a href="#form">Not yet</a>' in page
    assert '<a href="#form">Nor this</a>' in page
    assert shelf.kept


def test_a_form_sent_twice_goes_on_as_the_first_time(shelf: Shelf) -> None:
    assert opened(raising(AlreadyDone("12")), change="Typed")["Location"] == "/done/12/"


CLASH = Clash(
    {"measure": "Theirs", "by_when": date(2026, 5, 1), "rating": "b"},
    {"measure": "Mine", "by_when": date(2026, 4, 2), "rating": "a"},
    5,
    by="Owen Hale",
)
MINE = {"change": "Typed", "measure": "Mine", "by_when-day": "2", "by_when-month": "4",
        "by_when-year": "2026", "rating": "a", "base": "4"}  # fmt: skip


def hidden(page: str) -> dict[str, Any]:
    """The hidden inputs of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: [value for key, value in found if key == name] for name, _value in found}


def test_a_clash_shows_both_texts(shelf: Shelf) -> None:
    response = opened(raising(CLASH), **MINE)
    assert response.status_code == 409
    page = text(response)
    for words in (
        "Owen Hale saved a change first",
        "Theirs",
        "Mine",
        "1 May 2026",
        "2 April 2026",
        "Poor",
        "Good",
    ):
        assert words in page
    assert hidden(page)["base"] == ["5"]
    assert shelf.kept[ACTOR.person, ADDRESS]["base"] == ["4"], (
        "picked up later, the draft must meet the clash again"
    )


@pytest.mark.parametrize(
    ("choice", "measure", "by_when", "rating"),
    [
        ("mine", "Mine", date(2026, 4, 2), "a"),
        ("theirs", "Theirs", date(2026, 5, 1), "b"),
        ("third", "Out of both", date(2026, 4, 2), "a"),
    ],
)
def test_the_second_person_decides(
    shelf: Shelf, choice: str, measure: str, by_when: date, rating: str
) -> None:
    sent = hidden(text(opened(raising(CLASH), **MINE)))
    other = "mine" if choice == "third" else choice
    sent |= {"clash-choice-measure": choice, "clash-choice-by_when": other, "clash-choice-rating": other,
             "clash-third-measure": "Out of both"}  # fmt: skip
    seen: list[Any] = []
    opened(lambda form: seen.append((form.cleaned_data, form.base)), **sent)
    data, base = seen[0]
    assert (data["measure"], data["by_when"], data["rating"]) == (measure, by_when, rating)
    assert data["change"] == "Typed"
    assert base == 5


def test_saying_nothing_decides_nothing(shelf: Shelf) -> None:
    sent = hidden(text(opened(raising(CLASH), **MINE)))
    sent |= {
        "clash-choice-measure": "third",
        "clash-third-measure": "Out of both",
        "clash-choice-rating": "theirs",
    }
    seen: list[Any] = []

    def do(form: Any) -> None:
        seen.append((form.base, form.cleaned_data["measure"], form.cleaned_data["by_when"]))
        raise Clash({"by_when": date(2026, 5, 1)}, {"by_when": date(2026, 4, 2)}, 5)

    page = text(opened(do, **sent))
    assert seen == [(4, "Out of both", date(2026, 4, 2))]
    assert '<a href="#clash-by_when">Choose which text shall stand for “Date”</a>' in page
    assert hidden(page)["measure"] == ["Out of both"]
    sent = hidden(page) | {"clash-choice-by_when": "theirs"}
    opened(
        lambda form: seen.append((form.base, form.cleaned_data["measure"], form.cleaned_data["by_when"])),
        **sent,
    )
    assert seen[1] == (5, "Out of both", date(2026, 5, 1))


def test_the_script_keeps_drafts(shelf: Shelf) -> None:
    def send(body: str) -> int:
        request = asked("/drafts/", method="post")
        request._body = body.encode()
        return drafts.keep(request).status_code

    assert send(json.dumps({"key": ADDRESS, "data": {"change": ["Ha"]}})) == 200
    assert shelf.kept == {(ACTOR.person, ADDRESS): {"change": ["Ha"]}}
    for body in ("", "[]", "{}", '{"key": 1, "data": {}}', '{"key": "k", "data": {"a": "b"}}',
                 '{"key": "k", "data": {"a": [1]}}', '{"key": "", "data": {}}'):  # fmt: skip
        assert send(body) == 400
    assert drafts.keep(asked("/drafts/")).status_code == 405


def test_a_form_sent_after_the_sessions_end_becomes_its_writers_draft(shelf: Shelf) -> None:
    sent = hidden(text(opened(stands=4)))
    view = pages.page("x/", lambda request: opened(), to=Capability.BUILD_PLAN, name="x").callback
    request = asked(ADDRESS, None, "post", change="Typed at night", secret="s", new_password="p", **sent)
    assert view(request).status_code == 302
    kept = shelf.kept[ACTOR.person, ADDRESS]
    assert kept["change"] == ["Typed at night"]
    assert kept["base"] == ["4"]
    assert not {"writer", "once", "csrfmiddlewaretoken", "new_password"} & set(kept)


def test_nobody_can_put_a_draft_upon_somebody_else(shelf: Shelf) -> None:
    sent = hidden(text(opened()))
    elsewhere = asked("/plans/4/outcome/", None, "post", change="Typed", writer=sent["writer"])
    forged = asked(ADDRESS, None, "post", change="Typed", writer=sent["writer"][0][:-2] + "xx")
    assert not drafts.hold(elsewhere)
    assert not drafts.hold(forged)
    assert not drafts.hold(asked(ADDRESS, None, "post", change="Typed"))
    assert shelf.kept == {}
