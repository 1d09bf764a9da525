"""The pages of the outline plan: typed, read from a file, corrected, saved whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coregroup.casefile.drafts import journeys
from coregroup.records import models as m
from tests.builders import Family

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def begin(client: Any, family: Family, way: str) -> str:
    answer = client.post(reverse("outline_new", args=[family.group]), {"way": way})
    assert answer.status_code == 302
    return answer.headers["Location"]


def upload(client: Any, family: Family, content: bytes, name: str) -> Any:
    address = begin(client, family, "file")
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def a_row(family: Family, **changes: Any) -> dict[str, Any]:
    return {"children": [str(family.child.id)], "concern": "He misses school.", "action": "Breakfast club",
            "by_when-day": "2", "by_when-month": "4", "by_when-year": "2026", **changes}  # fmt: skip


def errors(answer: Any) -> str:
    return "".join(re.findall(r'govuk-error-summary__list">(.*?)</ul>', answer.content.decode(), re.DOTALL))


@pytest.mark.requirement("R11")
def test_typing_rows_pausing_and_saving_all_at_once(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    address = begin(client, family, "type")
    assert client.get(address).status_code == 200
    answer = client.post(address, a_row(family, another="yes"))
    assert answer.headers["Location"] == address
    undated = {"by_when-day": "", "by_when-month": "", "by_when-year": "", "by_when_words": "within 4 weeks"}
    answer = client.post(address, a_row(family, action="Home visit", **undated))
    check = answer.headers["Location"]
    assert not m.OutlineItem.objects.exists()
    resumed = client.get(reverse("outline_new", args=[family.group])).content.decode()
    assert check in resumed and "2 rows" in resumed
    assert "Home visit" in client.get(check).content.decode()
    saved = client.post(check, {})
    assert saved.headers["Location"] == reverse("outline", args=[family.group])
    assert list(m.OutlineItem.objects.values_list("content__action", flat=True)) == [
        "Breakfast club",
        "Home visit",
    ]
    assert client.post(check, {}).status_code == 302  # the same form again
    assert m.OutlineItem.objects.count() == 2
    page = client.get(saved.headers["Location"]).content.decode()
    assert "within 4 weeks" in page and "2 April 2026" in page
    assert journeys(by=family.lead) == ()


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("outline-plan*")))
def test_every_example_file_is_read_shown_and_saved(family: Family, client_of: Any, name: str) -> None:
    client = client_of(family, "lead")
    answer = upload(client, family, (EXAMPLES / name).read_bytes(), name)
    check = answer.headers["Location"]
    page = client.get(check).content.decode()
    assert "5 rows." in page and "was read as" in page and "£20" in page
    assert not m.OutlineItem.objects.exists() and not m.StoredFile.objects.exists()
    assert client.post(check, {}).status_code == 302
    assert m.OutlineItem.objects.count() == 7  # two of the five rows are about both children
    assert m.StoredFile.objects.get().name == name
    assert client.get(reverse("outline", args=[family.group])).status_code == 200


BAD = (
    b"Child,Concern,Action,By when\nBen,School,Club,31/02/2026\n"
    b"Ben,Health,Visit,2 April 2026\nSam,Home,Beds,soon\n"
)


def test_a_fault_names_its_row_keeps_everything_and_saves_nothing(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    check = upload(client, family, BAD, "plan.csv").headers["Location"]
    page = client.get(check).content.decode()
    assert "“31/02/2026” is not a date" in page and "“Sam” is the name of no child" in page
    answer = client.post(check, {})
    assert answer.status_code == 200 and "Row 2:" in errors(answer) and "31/02/2026" in errors(answer)
    assert not m.OutlineItem.objects.exists() and not m.StoredFile.objects.exists()
    row = re.search(r"rows/([0-9a-f]{32})/\"", answer.content.decode())
    assert row
    change = f"{check}rows/{row[1]}/"
    form = client.get(change).content.decode()
    assert "31/02/2026" in form
    again = client.post(change, a_row(family, concern="School", action="Club", by_when_words="31/02/2026",
                        **{"by_when-day": "", "by_when-month": "", "by_when-year": ""}))  # fmt: skip
    assert again.status_code == 200 and "31/02/2026" in errors(again)
    right = client.post(change, a_row(family, concern="School", action="Club", by_when_words="31/02/2026",
                        **{"by_when-day": "28", "by_when-month": "2", "by_when-year": "2027"}))  # fmt: skip
    assert right.status_code == 302
    answer = client.post(check, {})
    assert "Row 4: no child is chosen." in errors(answer) and "Row 2" not in errors(answer)
    assert not m.OutlineItem.objects.exists()
    keys = re.findall(r"id=\"row-([0-9a-f]{32})\"", answer.content.decode())
    chosen = {f"row_{key}": [str(family.child.id)] for key in keys}
    assert client.get(f"{check}children/").status_code == 200
    assert client.post(f"{check}children/", chosen).status_code == 302
    assert client.post(check, {}).status_code == 302
    assert m.OutlineItem.objects.count() == 3


def test_a_row_can_be_left_out_and_the_whole_thrown_away(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    check = upload(client, family, BAD, "plan.csv").headers["Location"]
    key = re.findall(r"id=\"row-([0-9a-f]{32})\"", client.get(check).content.decode())[0]
    client.post(f"{check}rows/{key}/remove/")
    assert f"row-{key}" not in client.get(check).content.decode()
    client.post(f"{check}discard/")
    assert client.get(check).status_code == 302
    assert not m.OutlineItem.objects.exists() and journeys(by=family.lead) == ()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7" + b"0" * 30_000_000, "plan.docx", "smaller than 10 MB"),
        (b"", "plan.csv", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 300, "plan.docx", "program"),
        (b"%PDF-1.7\n%%EOF", "plan.pdf", "This is a PDF"),
        (b"Name,Age\nx,1\n", "plan.csv", "headings of an outline plan"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(
    family: Family, client_of: Any, content: bytes, name: str, words: str
) -> None:
    answer = upload(client_of(family, "lead"), family, content, name)
    assert answer.status_code == 200 and words in errors(answer)
    assert errors(answer).count("<li>") == 1
    assert not m.OutlineItem.objects.exists() and not m.StoredFile.objects.exists()


def test_the_audience_of_a_row_is_chosen_and_shown(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    address = begin(client, family, "type")
    father = str(family.people["father"].id)
    answer = client.post(address, a_row(family, audience_base="group", audience_shut_out=[father]))
    assert "Say why not everybody" in errors(answer)
    answer = client.post(address, a_row(family, audience_base="group", audience_shut_out=[father],
                                        audience_reason="A court order"))  # fmt: skip
    check = answer.headers["Location"]
    assert "but not Frank Dale" in client.get(check).content.decode()
    client.post(check, {})
    assert (
        "He misses school."
        in client_of(family, "mother").get(reverse("outline", args=[family.group])).content.decode()
    )
    assert (
        "He misses school."
        not in client_of(family, "father").get(reverse("outline", args=[family.group])).content.decode()
    )


@pytest.mark.requirement("R47")
def test_reading_is_marked_by_a_button(family: Family, client_of: Any) -> None:
    lead, teacher = client_of(family, "lead"), client_of(family, "teacher")
    check = upload(lead, family, b"Concern,Action,Child\nx,y,Ben\n", "plan.csv").headers["Location"]
    lead.post(check, {})
    address = reverse("outline", args=[family.group])
    assert "I have read this" in teacher.get(address).content.decode()
    assert teacher.post(reverse("outline_read", args=[family.group]), follow=True).status_code == 200
    assert "I have read this" not in teacher.get(address).content.decode()
    assert m.ReadMark.objects.get().person.given_name == "Tariq"


def test_setting_an_item_aside(family: Family, client_of: Any) -> None:
    lead = client_of(family, "lead")
    lead.post(upload(lead, family, b"Concern,Action,Child\nx,y,Ben\n", "plan.csv").headers["Location"], {})
    address = reverse("outline_set_aside", args=[family.group, m.OutlineItem.objects.get().id])
    assert lead.get(address).status_code == 200
    assert "Enter why it is set aside" in errors(lead.post(address, {"reason": ""}))
    assert lead.post(address, {"reason": "It was corrected"}).status_code == 302
    assert "It was corrected" in lead.get(reverse("outline", args=[family.group])).content.decode()


def test_others_find_nothing(family: Family, client_of: Any) -> None:
    lead, stranger, teacher = (client_of(family, name) for name in ("lead", "stranger", "teacher"))
    check = upload(lead, family, BAD, "plan.csv").headers["Location"]
    own = [reverse(name, args=[family.group]) for name in ("outline", "outline_new")]
    for address in (check, f"{check}file/", f"{check}children/", f"{check}rows/new/", *own):
        assert stranger.get(address).status_code == 404
    assert teacher.get(reverse("outline", args=[family.group])).status_code == 200
    assert (
        teacher.get(check).status_code == 404
        and teacher.get(reverse("outline_new", args=[family.group])).status_code == 403
    )


def test_pages_cost_the_same_for_many_rows(
    family: Family, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(family, "lead")
    text = "Child,Concern,Action\n" + "".join(f"Ben,Concern {n},Action {n}\n" for n in range(300))
    check = upload(client, family, text.encode(), "plan.csv").headers["Location"]
    with django_assert_max_num_queries(12):
        client.get(check)
    client.post(check, {})
    with django_assert_max_num_queries(12):
        client.get(reverse("outline", args=[family.group]))


def test_a_date_before_the_conference_is_pointed_out(family: Family, client_of: Any) -> None:
    client = client_of(family, "lead")
    text = b"Child,Concern,Action,By when\nBen,a,b,3/3/2026\nBen,c,d,4/3/2026\n"
    check = upload(client, family, text, "plan.csv").headers["Location"]
    page = client.get(check).content.decode()
    assert page.count("Its date lies before the conference of 4 March 2026.") == 1
    assert client.post(check, {}).status_code == 302 and m.OutlineItem.objects.count() == 2
