"""Forms: sentences that name the fault, fields as they are drawn, drafts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import get_template

from coregroup.web.kit import fields, forms
from coregroup.web.kit.fieldview import field_view


class Booking(forms.Form):
    held = fields.DateField(label="Date of the conference", not_before=date(2020, 1, 1))
    name = fields.TextField(label="Name of the venue", max_length=5)
    about = fields.LongTextField(label="What must change?", required=False)
    chair = fields.ChoiceField(
        label="Who chairs?",
        choices=[("lead", "Lead"), ("other", "Other")],
        reveals={"other": ["who", "since"]},
    )
    who = fields.TextField(label="Your colleague's name")
    since = fields.DateField(label="Chair since")
    access = fields.ChoicesField(label="Access needs", choices=[("a", "Ramp"), ("b", "Loop")])
    mail = fields.EmailField(label="E-mail address", required=False)
    weeks = fields.NumberField(label="Weeks between visits", required=False)
    start = fields.TimeField(label="Start", noun="the time of the meeting", required=False)
    secret = fields.PasswordField(label="Password", required=False)


def sent(**data: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return query


GOOD = {"held": "2 April 2026", "name": "Hall", "chair": "lead", "access": ["a", "b"]}


def test_a_good_form() -> None:
    form = Booking(sent(**GOOD, start="2pm", weeks="3"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held"] == date(2026, 4, 2)
    assert form.cleaned_data["access"] == ["a", "b"]
    assert (form.cleaned_data["who"], form.cleaned_data["since"]) == ("", None)
    assert form.cleaned_data["weeks"] == 3


@pytest.mark.parametrize(
    ("field", "data", "sentence"),
    [
        ("held", {"held": ""}, "Enter the date of the conference"),
        ("held", {"held": "31/2/2026"}, "Date of the conference must be a real date"),
        ("held", {"held": "2/4/26"}, "The year of “Date of the conference” must have 4 figures"),
        (
            "held",
            {"held": "", "held__day": "2", "held__month": "4"},
            "Date of the conference must include a year",
        ),
        ("held", {"held": "1/1/1999"}, "Date of the conference must be 1 January 2020 or later"),
        ("name", {"name": " "}, "Enter the name of the venue"),
        ("name", {"name": "Village hall"}, "Name of the venue must be 5 characters or fewer; it has 12"),
        ("chair", {"chair": ""}, "Answer the question “Who chairs?”"),
        ("chair", {"chair": "zebra"}, "Choose one of the answers offered for “Who chairs”"),
        ("access", {"access": []}, "Choose at least one answer for the access needs"),
        ("who", {"chair": "other"}, "Enter your colleague's name"),
        ("since", {"chair": "other"}, "Enter the chair since"),
        ("mail", {"mail": "rowan at home"}, "Enter an e-mail address like name@example.org"),
        ("weeks", {"weeks": "two"}, "Weeks between visits must be a whole number"),
        ("start", {"start": "2"}, "The time of the meeting must be a time, like 10:30am or 2pm"),
    ],
)
def test_sentences_name_the_fault(field: str, data: dict[str, Any], sentence: str) -> None:
    form = Booking(sent(**{**GOOD, **data}))
    assert form.errors.get(field) == [sentence]


def test_line_ends_are_one_kind_and_nothing_else_changes() -> None:
    form = Booking(sent(**GOOD, about="One\r\n  two\r\n\r\nthree"))
    assert form.is_valid()
    assert form.cleaned_data["about"] == "One\n  two\n\nthree"


def test_own_sentences_come_first() -> None:
    class Own(forms.Form):
        name = fields.TextField(label="Name", error_messages={"required": "Say who."})

    assert Own(sent(name="")).errors["name"] == ["Say who."]


def test_percent_signs_in_labels_do_no_harm() -> None:
    class Share(forms.Form):
        share = fields.TextField(label="Share in %", max_length=2)

    assert Share(sent(share="100")).errors["share"] == ["Share in % must be 2 characters or fewer; it has 3"]
    assert Share(sent(share="")).errors["share"] == ["Enter the share in %"]


def test_files() -> None:
    class Letter(forms.Form):
        letter = fields.FileField(label="Letter", largest=10)

    def errors(file: SimpleUploadedFile | None) -> Any:
        return Letter(sent(), {"letter": file} if file else {}).errors.get("letter")

    assert errors(None) == ["Choose a file for the letter"]
    assert errors(SimpleUploadedFile("a.txt", b"")) == ["The file is empty"]
    assert errors(SimpleUploadedFile("a.txt", b"x" * 11)) == ["The file must be smaller than 10 bytes"]
    assert errors(SimpleUploadedFile("a.txt", b"x")) is None


def test_error_links_lead_to_the_faulty_box_in_the_fields_order() -> None:
    form = Booking(
        sent(**{**GOOD, "held": "", "held__day": "2", "held__month": "x", "held__year": "2026", "name": ""})
    )
    form.fault(None, "The whole is at fault.")
    form.fault("chair", "Not this chair.")
    assert forms.error_links(form) == [
        ("#form", "The whole is at fault."),
        ("#id_held-month", "Date of the conference must be a real date"),
        ("#id_name", "Enter the name of the venue"),
        ("#id_chair", "Not this chair."),
    ]


def drawn(form: forms.Form, name: str) -> str:
    source = '{% from "kit/fields.html" import field %}{{ field(form, name) }}'
    env = get_template("kit/page.html").backend.env  # type: ignore[attr-defined]
    return env.from_string(source).render(form=form, name=name)


def test_what_was_typed_is_drawn_as_it_was_typed() -> None:
    form = Booking(
        sent(**{**GOOD, "held": "", "held__day": "2", "held__month": "Ebrill", "held__year": "x<y"})
    )
    html = drawn(form, "held")
    assert 'value="Ebrill"' in html
    assert 'value="x&lt;y"' in html
    assert 'aria-describedby="id_held-error"' in html
    assert '<span class="govuk-visually-hidden">Error:</span>' in html


def test_text_beneath_an_answer_keeps_its_lines() -> None:
    class Nested(forms.Form):
        ask = fields.ChoiceField(label="Ask", choices=[("a", "A")], reveals={"a": ["more"]})
        more = fields.LongTextField(label="More")

    html = drawn(Nested(initial={"ask": "a", "more": "\nfirst\nsecond"}), "ask")
    assert ">\n\nfirst\nsecond</textarea>" in html
    assert "govuk-radios__conditional--hidden" not in html


def test_passwords_are_never_drawn() -> None:
    assert "hunter2" not in drawn(Booking(sent(**GOOD, secret="hunter2")), "secret")


def test_advice_is_calm_and_no_error() -> None:
    form = Booking()
    form.advice = {"about": ["By when?"]}
    html = drawn(form, "about")
    assert "By when?" in html
    assert 'aria-describedby="id_about-advice"' in html
    assert "govuk-error-message" not in html


def test_a_draft_is_drawn_without_errors_and_before_the_record() -> None:
    typed = Booking(
        sent(**{**GOOD, "held": "", "held__day": "31", "held__month": "2", "name": "Ha", "secret": "s"})
    )
    typed.is_valid()
    kept = typed.draft_data()
    assert "secret" not in kept
    assert kept["access"] == ["a", "b"]
    again = Booking(draft=kept, initial={"name": "Town hall", "about": "As it stands"})
    assert field_view(again, "name").value == "Ha"
    assert field_view(again, "about").value == ""
    assert field_view(again, "held").value == ("31", "2", "")
    assert field_view(again, "held").errors == ()


def test_a_draft_remembers_what_it_was_typed_upon() -> None:
    typed = Booking(sent(**GOOD, base="3"))
    assert typed.base == 3
    assert Booking(draft=typed.draft_data(), base=5).base == 3
    assert Booking(base=5).base == 5
    assert Booking(sent(base="x"), base=5).base == 5


def test_unticked_boxes_stay_unticked_in_a_draft() -> None:
    form = Booking(draft={"access": []}, initial={"access": ["a"]})
    assert not any(option.chosen for option in field_view(form, "access").options)


def test_the_token_stays_with_its_form() -> None:
    fresh = Booking()
    assert len(fresh.once) == 32
    assert Booking(sent(once=fresh.once)).once == fresh.once
    assert Booking(sent(once="'; drop table")).once != "'; drop table"
    assert Booking().once != fresh.once


def test_people_are_radio_buttons_until_there_are_many() -> None:
    class Pick(forms.Form):
        few = fields.PersonField(label="Owner", choices=[(str(n), f"Person {n}") for n in range(3)])
        many = fields.PersonField(label="Owner", choices=[(str(n), f"Person {n}") for n in range(30)])

    assert 'type="radio"' in drawn(Pick(), "few")
    assert "<select" in drawn(Pick(), "many")
