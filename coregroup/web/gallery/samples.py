"""Sample data for the gallery. Nobody in it exists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from coregroup.web.kit import fields, forms
from coregroup.web.kit.clash import Side

TODAY = date(2026, 4, 20)


class SampleForm(forms.Form):
    """One of every field."""

    name = fields.TextField(label="Name of the venue", max_length=80, help_text="As the family knows it")
    need = fields.LongTextField(
        label="What must change?",
        max_length=500,
        help_text="Say what will be different for the child, by how much and by when.",
    )
    notes = fields.LongTextField(label="Notes", required=False, rows=3)
    email = fields.EmailField(label="E-mail address", help_text="We send only that something has changed.")
    password = fields.PasswordField(label="Password")
    held = fields.DateField(label="Date of the conference", help_text="For example, 27 3 2026")
    time = fields.TimeField(label="Time", help_text="For example, 10:30am", noun="the time of the meeting")
    weeks = fields.NumberField(label="How often", suffix="weeks", noun="how often you will see the child")
    chair = fields.ChoiceField(
        label="Who chairs?",
        choices=[("lead", "Lead worker"), ("member", "A group member"), ("other", "Somebody else")],
        hints={"other": "For example, a member's line manager"},
        reveals={"other": ["chair_name"]},
    )
    chair_name = fields.TextField(label="Name of the chair")
    interpreter = fields.YesNoField(label="Is an interpreter needed?")
    access = fields.ChoicesField(
        label="What does the venue offer?",
        choices=[("step", "Step-free access"), ("private", "A private room"), ("play", "Space for children")],
        required=False,
    )
    agency = fields.SelectField(
        label="Agency", choices=[("h", "Harrowdale Health Visiting"), ("s", "Millbrook Primary School")]
    )
    told = fields.TickField(label="I have told my line manager that I am a member of this core group")
    letter = fields.FileField(label="Letter to the family", help_text="Word, PDF or a picture, at most 10 MB")


def fresh_form() -> SampleForm:
    """The form as somebody meets it, with advice at one field."""
    form = SampleForm(
        initial={"held": date(2026, 3, 27), "need": "Things will get better at home.", "chair": "other"},
        auto_id="sample_%s",
    )
    form.advice = {
        "need": [
            "“Better” does not say by how much. What would you see on an ordinary school morning?",
            "No date: by when must this have changed?",
        ]
    }
    return form


def faulty_form() -> SampleForm:
    """The same form, sent with faults."""
    sent = {"held-day": "31", "held-month": "2", "held-year": "2026", "email": "rowan at", "weeks": "two"}
    form = SampleForm(sent, auto_id="faulty_%s")
    form.is_valid()
    return form


def clocks() -> list[dict[str, Any]]:
    """Clocks in every state."""

    def day(days: int) -> date:
        return TODAY + timedelta(days=days)

    return [
        {"label": "First core group", "anchor": day(-24), "expected": day(-12), "latest": day(-10),
         "met_on": day(-13), "status": "met",
         "why": "10 working days from Friday 27 March 2026; Good Friday and Easter Monday do not count.",
         "source": "the authority's core group procedure, paragraph 3"},
        {"label": "Child seen by the lead worker", "anchor": day(-20), "expected": None, "latest": day(-6),
         "met_on": None, "status": "overdue"},
        {"label": "Next core group", "anchor": day(-13), "expected": day(15), "latest": day(29),
         "met_on": None, "status": "due_soon"},
        {"label": "First review conference", "anchor": day(-24), "expected": None, "latest": day(67),
         "met_on": None, "status": "due"},
        {"label": "Transfer conference", "anchor": None, "expected": None, "latest": None, "met_on": None,
         "status": "not_started"},
    ]  # fmt: skip


def clash_side() -> Side:
    """One text that two people changed."""
    return Side(
        name="measure",
        label="How would we know?",
        theirs="School records show Rowan in class before 9 on four mornings out of five.",
        mine="Rowan tells his teacher that mornings are calm.\nHe is in class before 9.",
        may_write=True,
    )
