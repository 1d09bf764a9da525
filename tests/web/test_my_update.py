"""The pages of my update, of the manager's look at it, of apologies and of guests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coregroup.casework.chronology import write_entry
from coregroup.casework.contact import record_missed_contact
from coregroup.records import models as m
from tests.builders import TODAY, Family
from tests.casework.plan_steps import whole_plan
from tests.casework.test_apologies import PDF, ahead, colleague

Clients = Callable[..., Any]
QUERIES = 12


def at(family: Family, *parts: object) -> str:
    meeting = m.Meeting.objects.get(group=family.group)
    return "/".join([f"/groups/{family.group}/meetings/{meeting.id}", *map(str, parts), ""])


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def send(client: Any, address: str, **data: Any) -> Any:
    return client.post(address, data)


@pytest.mark.requirement("R108")
def test_an_update_from_the_first_page_to_giving_it(family: Family, client_of: Clients) -> None:
    made = whole_plan(family)
    record_missed_contact(
        group=family.group, child=family.child.id, kind="missed", on=TODAY, reason="Nobody was in.",
        by=family.health_visitor,
    )  # fmt: skip
    write_entry(group=family.group, on=TODAY, text="Weighed Amy.", by=family.health_visitor)
    client = client_of(family, "health_visitor")
    mine = at(family, "my-update")
    client.get(mine)
    for page in ("", "words/", "progress/", "chronology/", "family/"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(mine + page).status_code == 200
        assert len(queries) <= QUERIES, (page, len(queries))
    empty = text(client.get(mine))
    assert "Not begun" in empty and "1 missed contact is on record" in empty
    assert "Nothing is written yet" in text(send(client, mine, deed="give"))

    words = text(client.get(mine + "words/"))
    assert "Agreed in the plan" in words and "was missed" in words and "Nobody was in." not in words
    ben, amy = (f"changed_{child.id}" for child in family.children)
    base = {"base": "0"}
    answer = send(client, mine + "words/", **base, contact="Seen twice.", **{ben: "He sleeps."})
    assert answer.status_code == 302 and answer["Location"].endswith("/progress/")
    assert "Seen twice." in text(client.get(mine + "words/"))
    clash = send(client, mine + "words/", **base, contact="Seen once.", **{ben: "He sleeps."})
    assert clash.status_code == 409 and "Seen twice." in clash.content.decode()

    action, outcome = made["action"].item.hex, made["outcome"].item.hex
    progress = text(client.get(mine + "progress/"))
    assert "Nobody has said yet how far it is." in progress and "checked" not in progress
    faulty = {f"state_{action}": "cannot_yet", f"value_{outcome}": "4"}
    assert "Say why." in text(send(client, mine + "progress/", **faulty))
    assert not m.ActionState.objects.exists() and not m.OutcomeRating.objects.exists()
    sound = faulty | {f"because_{action}": "No room.", f"evidence_{outcome}": "He told me."}
    assert send(client, mine + "progress/", **sound)["Location"].endswith("/chronology/")
    assert send(client, mine + "progress/", **sound).status_code == 302  # nothing is said twice
    assert (m.ActionState.objects.count(), m.OutcomeRating.objects.count()) == (1, 1)

    assert "Weighed Amy." in text(client.get(mine + "chronology/"))
    assert send(client, mine + "chronology/", new="nothing")["Location"].endswith("/family/")
    entry = {"new": "entry", "on-day": "17", "on-month": "3", "on-year": "2026", "child": "all"}
    assert "Enter" in text(send(client, mine + "chronology/", **entry))
    assert send(client, mine + "chronology/", **entry, text="A visit.")["Location"].endswith("/chronology/")
    part = m.UpdatePart.objects.filter(about="all").order_by("-number")[0]
    assert part.content["nothing_new"] == "", "an entry takes the place of nothing new"
    shared = {"shared": "yes", "on-day": "17", "on-month": "3", "on-year": "2026", "how": "On a visit"}
    assert send(client, mine + "family/", base="9", **shared, said="They agree.").status_code == 302

    hub = text(client.get(mine))
    for told in (
        "Seen twice.",
        "He sleeps.",
        "4 of 10: He told me.",
        "17 March 2026. On a visit",
        "They agree.",
    ):
        assert told in hub, told
    send(client, mine, deed="give")
    hub = text(client.get(mine))
    assert "Change my update" in hub
    assert client.get(mine + "words/").status_code == 403
    send(client, mine, deed="change")
    assert m.MemberUpdate.objects.get().state == "draft"
    assert client_of(family, "mother").get(mine).status_code == 403


@pytest.mark.requirement("R16")
def test_the_line_manager_answers(family: Family, client_of: Clients) -> None:
    client, manager = client_of(family, "health_visitor"), client_of(family, "nurse_manager")
    mine = at(family, "my-update")
    check = at(family, "updates", family.people["health_visitor"].id, "check")
    assert manager.get(check).status_code == 404
    send(client, mine + "words/", contact="Seen twice.")
    send(client, mine, deed="ask")
    assert "With your line manager" in text(client.get(mine))
    assert "Seen twice." in text(manager.get(check))
    assert check in manager.get("/").content.decode(), "the notice leads to it"
    assert "Say what you want" in text(send(manager, check, answer="return"))
    assert send(manager, check, answer="return", said="Say how she was.").status_code == 302
    assert "You have looked at it" in text(manager.get(check))
    assert send(manager, check, answer="pass").status_code == 403
    hub = text(client.get(mine))
    assert "Say how she was." in hub and "Come back from your line manager" in hub
    assert client_of(family, "manager").get(check).status_code == 404


@pytest.mark.requirement("R22")
def test_apologies_and_guests_on_their_pages(family: Family, client_of: Clients) -> None:
    ahead(family)
    person = colleague(family)
    client, lead = client_of(family, "health_visitor"), client_of(family, "lead")
    page = at(family, "apologies")
    assert "Nobody has sent apologies." in text(client.get(page))
    give = page + "give/"
    assert "Rhona Vale, Health visitor" in text(client.get(give))
    assert "what the meeting gets instead" in text(send(client, give))
    assert "Choose" in text(send(client, give, instead="report"))
    assert "Enter the name." in text(send(client, give, instead="representative", colleague="other"))
    for address in (page, give, page + "record/", at(family, "guests", "name")):
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(address).status_code == 200
        assert len(queries) <= QUERIES, (address, len(queries))
    answer = send(client, give, instead="update", reason="Ill.")
    assert answer["Location"].endswith("/my-update/")
    assert "Update not given yet" in text(lead.get(page))
    file = SimpleUploadedFile("report.pdf", PDF, "application/pdf")
    assert send(client, give, instead="report", file=file, title="Report", child="all").status_code == 302
    assert "Report</a>" in text(lead.get(page))
    assert send(client, give, instead="representative", colleague=str(person.id)).status_code == 302
    assert "Signs in" not in text(client.get(page)) and "Rhona Vale" in text(client.get(page))

    record = page + "record/"
    assert client.get(record).status_code == 403
    teacher = family.people["teacher"].id
    told = {"person": str(teacher), "instead": "nothing"}
    assert "why there is nothing to report" in text(send(lead, record, **told))
    assert send(lead, record, **told, nothing_because="Holidays.").status_code == 302
    both = m.Apology.objects.filter(withdrawn_at=None)
    away = both.get(person=teacher).id
    assert client.get(f"{page}{away}/withdraw/").status_code == 403
    assert client.get(f"{page}{family.group}/withdraw/").status_code == 404
    assert "Holidays." in text(client_of(family, "mother").get(page))
    assert send(lead, f"{page}{away}/withdraw/").status_code == 302
    own = both.get().id
    assert "sees this core group no longer" in text(client.get(f"{page}{own}/withdraw/"))

    name = at(family, "guests", "name")
    assert "A more experienced colleague" in text(client.get(name))
    assert "ever interprets" in text(send(client, name, part="interpreter", name="Mary Rowe"))
    assert send(client, name, part="interpreter", name="Ida Novak").status_code == 302
    guest = m.MeetingGuest.objects.get(part="interpreter").id
    end = at(family, "guests", guest, "end")
    assert client_of(family, "teacher").get(end).status_code == 403
    assert "Ida Novak does not come" in text(client.get(end))
    assert send(client, end).status_code == 302
    assert client.get(end).status_code == 404
