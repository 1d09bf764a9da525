"""The plan on paper: tagged, archivable, the same twice, and nothing in it that its reader may not see."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from django.utils import timezone

from coregroup.casefile.plans import plan_sheet
from coregroup.casework.audiences import AudienceChoice
from coregroup.paper.blocks import Bullets, Document, Facts, Heading, Paragraph, Quote, Table
from coregroup.paper.pdf import Rendered, to_pdf
from coregroup.paper.plan import plan_document, plan_pdf
from coregroup.rules.access import THE_FILE
from tests.builders import Family
from tests.casework.plan_steps import save, whole_plan

SECRET = "Heron Close refuge"


def text_of(made: Rendered, tmp_path: Path, *options: str) -> str:
    """What a reader of the PDF finds in it."""
    place = tmp_path / "made.pdf"
    place.write_bytes(made.content)
    command = ["pdfinfo", "-struct-text"] if options else ["pdftotext", "-layout"]
    ran = subprocess.run([*command, str(place), *([] if options else ["-"])], capture_output=True, text=True)
    return " ".join(ran.stdout.split())


def the_plan(family: Family) -> None:
    whole_plan(family)
    not_to_father = AudienceChoice(
        shut_out=frozenset({family.people["father"].id}), reason="He must not learn where she lives."
    )
    save(family, "concern", content={"worry": f"He has looked for the {SECRET}."}, audience=not_to_father)
    professionals = AudienceChoice(base="professionals", reason="A police matter.")
    save(family, "contingency", content={"trigger": "Marker for professionals"}, audience=professionals)
    named = AudienceChoice(
        base="named",
        named=frozenset({family.people["lead"].id}),
        reason="Told in confidence.",
        permitted_by="Maud Okoro",
        review_on=timezone.localdate(),
    )
    save(family, "contingency", content={"trigger": "Marker for the lead alone"}, audience=named)


def copy_of(family: Family, reader: Any) -> Rendered:
    sheet = plan_sheet(group=family.group, child=family.child.id, reader=reader, by=family.lead)
    return plan_pdf(sheet, copy_for="Somebody")


@pytest.mark.requirement("R57", "R97")
def test_each_copy_holds_what_its_reader_may_see_and_nothing_else(family: Family, tmp_path: Path) -> None:
    the_plan(family)
    mother = text_of(copy_of(family, family.people["mother"].id), tmp_path)
    father = text_of(copy_of(family, family.people["father"].id), tmp_path)
    filed = text_of(copy_of(family, THE_FILE), tmp_path)
    lead = text_of(copy_of(family, None), tmp_path)
    assert SECRET in mother and SECRET not in father
    assert "professionals" not in mother and "Marker for professionals" in filed
    assert "lead alone" in lead and "lead alone" not in filed and "lead alone" not in mother
    for copy in (mother, father, filed, lead):
        assert "I do not like the dark." in copy


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_the_pdf_is_accessible_and_archivable(family: Family, tmp_path: Path, profile: str) -> None:
    the_plan(family)
    place = tmp_path / "plan.pdf"
    place.write_bytes(copy_of(family, None).content)
    assert page.validate_pdf(str(place), profile=getattr(page.ValidationProfile, profile)).is_compliant


def test_it_has_a_language_a_title_and_tables_with_headers(family: Family, tmp_path: Path) -> None:
    the_plan(family)
    sheet = plan_sheet(group=family.group, child=family.child.id, by=family.lead)
    made = plan_pdf(sheet, copy_for="Mair Rowe", language="cy")
    structure = text_of(made, tmp_path, "structure")
    assert "Table" in structure and "THead" in structure and "TH" in structure
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("cy")
        assert "Ben Rowe" in str(pdf.docinfo["/Title"])


def test_the_same_plan_gives_the_same_bytes(family: Family) -> None:
    the_plan(family)
    assert copy_of(family, None) == copy_of(family, None)
    assert copy_of(family, None).digest != copy_of(family, family.people["father"].id).digest


def test_typing_that_looks_like_the_typesetters_language_stays_typing(tmp_path: Path) -> None:
    odd = '#set page(fill: red) $x$ *b* _i_ `c` @ref <tag> "quoted" \\ {} [] // and ŵ ŷ'
    blocks = (
        Heading(odd),
        Paragraph(odd),
        Quote(odd, odd),
        Bullets((odd,)),
        Facts("c", ((odd, odd),), ("What", "Value")),
        Table("c", ("One", "Two"), ((odd, odd),)),
    )
    made = to_pdf(Document(odd, "en", odd, odd, "Page {} of {}", blocks))
    found = text_of(made, tmp_path)
    assert "#set page(fill: red)" in found and "ŵ ŷ" in found and "@ref <tag>" in found


def test_a_sign_that_no_font_has_is_named_in_words(tmp_path: Path) -> None:
    blocks = (Paragraph("Ben drew \U00013000 and \U0001f9ff for us."),)
    found = text_of(to_pdf(Document("Drawing", "en", "", "", "Page {} of {}", blocks)), tmp_path)
    assert "Ben drew" in found and "for us" in found


def test_an_empty_plan_says_so(family: Family) -> None:
    sheet = plan_sheet(group=family.group, child=family.child.id, by=family.lead)
    document = plan_document(sheet, copy_for="Mary Rowe")
    assert [block for block in document.blocks if isinstance(block, Paragraph)]
