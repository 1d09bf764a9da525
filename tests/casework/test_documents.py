"""Files of a case: what is taken, how it is kept, who sees it."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from coregroup.casefile.documents import files, open_file
from coregroup.casework.audiences import AudienceChoice
from coregroup.casework.documents import add_file, clean_name
from coregroup.records import models as m
from coregroup.records.file_store import place_of
from coregroup.rules.errors import AlreadyDone, Closed, Problem, Refused
from coregroup.rules.filekinds import FileKind
from tests.builders import Family

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def add(family: Family, content: bytes = PDF, name: str = "letter.pdf", **more: Any) -> Any:
    values = {"group": family.group, "title": "Letter", "by": family.teacher} | more
    return add_file(content=content, name=name, **values)


def test_a_file_lies_under_its_digest_for_us_alone(family: Family, settings: Any) -> None:
    row = m.StoredFile.objects.get(id=add(family))
    digest = hashlib.sha256(PDF).hexdigest()
    place = settings.FILES / digest[:2] / digest[2:4] / digest
    assert row.digest == digest and place == place_of(digest) and place.read_bytes() == PDF
    assert stat.S_IMODE(os.stat(place).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(place.parent).st_mode) == 0o700
    assert row.size == len(PDF) and row.media_type == "application/pdf"
    opened = open_file(group=family.group, file=row.id, by=family.mother)
    assert (opened.name, opened.content) == ("letter.pdf", PDF)


def zipped(**parts: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


MACROS = zipped(**{"[Content_Types].xml": b"wordprocessingml.document.main+xml", "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "empty"),
        (b"\x00" * 900, "a.txt", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 200, "letter.pdf", "program"),
        (b"\x7fELF" + b"\x00" * 200, "letter.docx", "program"),
        (b"#!/bin/sh\n", "notes.txt", "program"),
        (PDF, "letter.docx", "ends in .docx, but the file is a PDF"),
        (b"GIF89a" + b"\x00\x01" * 50, "a.gif", "not a kind"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "photo.heic", "HEIC"),
        (b"{\\rtf1 hello}", "a.rtf", "rich text"),
        (b"\x89PNG\r\n\x1a\n" + b"nonsense", "a.png", "damaged"),
        (b"PK\x03\x04 nonsense", "a.docx", "damaged"),
        (MACROS, "a.docx", "macros"),
        (zipped(**{"a/b.txt": b"x"}), "a.zip", "not a kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "older kind"),
    ],
)
def test_what_is_not_taken_is_said_in_one_sentence(
    family: Family, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(Problem, match=words) as told:
        add(family, content, name)
    assert told.value.field == "file" and told.value.sentence.count(".") <= 3
    assert not m.StoredFile.objects.exists()


def test_thirty_megabytes_are_too_many(family: Family) -> None:
    with pytest.raises(Problem, match="smaller than 10 MB"):
        add(family, PDF + b"0" * 30_000_000)


def test_a_zip_that_would_swell_is_not_unpacked(family: Family) -> None:
    with pytest.raises(Problem, match="unpacks"):
        add(family, zipped(**{"word/document.xml": b"0" * 70_000_000}), "a.docx")


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_picture_loses_what_the_camera_wrote(family: Family, kind: str, ending: str) -> None:
    secret = b"51.4816 N, 3.1791 W"
    picture = Image.new("RGB", (40, 20), "navy")
    exif = picture.getexif()
    exif[0x010E] = secret.decode()
    exif[0x0112] = 6  # held sideways
    made = BytesIO()
    picture.save(made, format=kind, exif=exif)
    assert secret in made.getvalue()
    file = add(family, made.getvalue(), f"drawing.{ending}")
    kept = open_file(group=family.group, file=file, by=family.lead).content
    assert secret not in kept
    with Image.open(BytesIO(kept)) as seen:
        assert seen.size == (20, 40) and not seen.getexif()


def test_office_files_and_text_are_kept_as_they_are(family: Family) -> None:
    for name in ("outline-plan.docx", "outline-plan.xlsx", "outline-plan-windows.csv"):
        content = (EXAMPLES / name).read_bytes()
        file = add(family, content, name)
        assert open_file(group=family.group, file=file, by=family.lead).content == content


@pytest.mark.requirement("R57")
def test_a_file_has_an_audience_like_any_text(family: Family) -> None:
    kept_from_father = AudienceChoice(
        "professionals", shut_out=frozenset({family.people["health_visitor"].id}), reason="Police work"
    )
    file = add(family, audience=kept_from_father)
    about_amy = add(family, child=family.children[1].id, title="Amy's drawing")
    seen = {
        name: {line.title for line in files(group=family.group, by=family.actor(name)).files}
        for name in ("lead", "health_visitor", "mother", "father", "gil")
    }
    assert seen == {
        "lead": {"Letter", "Amy's drawing"}, "health_visitor": {"Amy's drawing"},
        "mother": {"Amy's drawing"}, "father": set(), "gil": {"Amy's drawing"},
    }  # fmt: skip
    for name in ("mother", "health_visitor", "stranger"):
        with pytest.raises(Closed):
            open_file(group=family.group, file=file, by=family.actor(name))
    with pytest.raises(Closed):
        open_file(group=family.group, file=about_amy, by=family.father)
    assert open_file(group=family.group, file=file, by=family.teacher).content == PDF


def test_who_may_not_add(family: Family) -> None:
    for name, answer in (("stranger", Closed), ("mother", Refused), ("chair", Refused)):
        with pytest.raises(answer):
            add(family, by=family.actor(name))
    with pytest.raises(Closed):
        add(family, child=family.group)
    assert not m.StoredFile.objects.exists()


def test_sent_twice_it_is_kept_once(family: Family) -> None:
    first = add(family, once="b" * 32)
    with pytest.raises(AlreadyDone) as done:
        add(family, once="b" * 32)
    assert done.value.outcome == str(first) and m.StoredFile.objects.count() == 1


def test_content_that_was_changed_on_the_disk_is_not_handed_out(family: Family) -> None:
    file = add(family)
    place = place_of(hashlib.sha256(PDF).hexdigest())
    place.write_bytes(b"%PDF- something else")
    with pytest.raises(Problem, match="damaged"):
        open_file(group=family.group, file=file, by=family.lead)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\Letter to Tŷ.PDF", "Letter to Tŷ.pdf"),
        ('a"b;c\r\nSet-Cookie: x.pdf', "a_b_cSet-Cookie_ x.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name: str, clean: str) -> None:
    assert clean_name(name, FileKind.PDF) == clean


def test_many_files_cost_no_more_than_one(family: Family, django_assert_max_num_queries: Any) -> None:
    add(family)
    with django_assert_max_num_queries(10) as few:
        files(group=family.group, by=family.lead)
    row = m.StoredFile.objects.get()
    m.StoredFile.objects.bulk_create(
        m.StoredFile(
            authority_id=row.authority_id, group_id=row.group_id, digest=row.digest, name=row.name,
            title=f"Letter {number}", media_type=row.media_type, size=1, audience_id=row.audience_id,
            added_by_id=row.added_by_id, child=family.child,
        )
        for number in range(200)
    )  # fmt: skip
    with django_assert_max_num_queries(10) as many:
        assert len(files(group=family.group, by=family.lead).files) == 201
    assert len(few) == len(many)
