"""The pages of files and of guidance."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coregroup.records import models as m
from coregroup.web.documents.views_files import FILE_POLICY
from tests.builders import Family

PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n"


def add(client: Any, family: Family, content: bytes = PDF, name: str = "letter.pdf", **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile(name, content), "title": "Letter", "child": "all", **more}
    return client.post(reverse("file_add", args=[family.group]), sent)


def test_a_file_is_added_listed_and_only_ever_downloaded(family: Family, client_of: Any) -> None:
    teacher = client_of(family, "teacher")
    assert teacher.get(reverse("file_add", args=[family.group])).status_code == 200
    assert add(teacher, family).status_code == 302
    listed = teacher.get(reverse("files", args=[family.group])).content.decode()
    assert "letter.pdf" in listed and "Tariq Shah" in listed and "About the whole family." in listed
    answer = teacher.get(reverse("file", args=[family.group, m.StoredFile.objects.get().id]))
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_may_open_what(family: Family, client_of: Any) -> None:
    teacher, father, stranger = (client_of(family, name) for name in ("teacher", "father", "stranger"))
    hidden = str(family.people["father"].id)
    add(teacher, family, audience_base="group", audience_shut_out=[hidden], audience_reason="A court order")
    file = reverse("file", args=[family.group, m.StoredFile.objects.get().id])
    assert father.get(file).status_code == 404 and stranger.get(file).status_code == 404
    assert client_of(family, "mother").get(file).status_code == 200
    assert "Letter" not in father.get(reverse("files", args=[family.group])).content.decode()
    assert stranger.get(reverse("files", args=[family.group])).status_code == 404
    assert father.get(reverse("file_add", args=[family.group])).status_code == 403
    assert add(father, family).status_code == 403
    assert m.StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7" + b"0" * 30_000_000, "big.pdf", "smaller than 10 MB"),
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 300, "letter.pdf", "program"),
        (PDF, "letter.docx", "the file is a PDF"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field(
    family: Family, client_of: Any, content: bytes, name: str, words: str
) -> None:
    answer = add(client_of(family, "lead"), family, content, name)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert 'value="Letter"' in answer.content.decode()  # what was typed stays
    assert not m.StoredFile.objects.exists()


def publish(client: Any, address: str, **more: Any) -> Any:
    sent = {"title": "Core group protocol", "text": "First paragraph.", "applies_to": ["outline"],
            "in_force_on-day": "1", "in_force_on-month": "3", "in_force_on-year": "2026", **more}  # fmt: skip
    return client.post(address, sent)


@pytest.mark.requirement("R60")
def test_guidance_is_published_in_versions(family: Family, client_of: Any) -> None:
    admin, teacher = client_of(family, "administrator"), client_of(family, "teacher")
    assert admin.get(reverse("guidance_new")).status_code == 200
    answer = publish(admin, reverse("guidance_new"))
    address = answer.headers["Location"]
    assert "Core group protocol" in teacher.get(reverse("guidance")).content.decode()
    again = reverse("guidance_publish", args=["core-group-protocol"])
    assert "First paragraph." in admin.get(again).content.decode()
    assert publish(admin, again, text="Second text.").status_code == 302
    page = teacher.get(address).content.decode()
    assert "Second text." in page and "First paragraph." not in page and "The outline plan" in page
    old = teacher.get(reverse("guidance_version", args=["core-group-protocol", 1])).content.decode()
    assert "First paragraph." in old and "older version" in old
    for where in (reverse("guidance_new"), again):
        assert teacher.get(where).status_code == 404 and publish(teacher, where).status_code == 404
    assert teacher.get(reverse("guidance_text", args=["nothing"])).status_code == 404
    assert client_of(family, "mother").get(reverse("guidance")).status_code == 404


def test_what_guidance_lacks_is_said_at_its_field(family: Family, client_of: Any) -> None:
    answer = publish(
        client_of(family, "administrator"), reverse("guidance_new"), text="", link="javascript:x"
    )
    page = answer.content.decode()
    assert "must begin with https://" in page and answer.status_code == 200
    assert not m.Guidance.objects.exists()
