"""The administrator's page for the authority's own layout of records (R14)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coregroup.casefile.record_templates import template_page
from coregroup.casework.record_templates import Upload, set_template
from coregroup.web.kit import fields
from coregroup.web.kit.forms import Form
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.navigation import address_of
from coregroup.web.meetings.views_record import actor_of


class TemplateForm(Form):
    """Heading, footer, badge, Word file, and from when on they are used."""

    heading = fields.TextField(
        label=gettext_lazy("Heading"), help_text=gettext_lazy("Stands at the head of each record as PDF."),
        required=False, max_length=200,
    )  # fmt: skip
    footer = fields.TextField(
        label=gettext_lazy("Footer"), help_text=gettext_lazy("Stands at the foot of every page."),
        required=False, max_length=300,
    )  # fmt: skip
    badge = fields.FileField(
        label=gettext_lazy("Badge"), help_text=gettext_lazy("A PNG or JPEG picture."), required=False,
        accept=".png,.jpg,.jpeg",
    )  # fmt: skip
    word = fields.FileField(
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy(
            "Your own letterhead and styles as .docx. A paragraph that holds only {{record}} is replaced by "
            "the record; {{attendance}}, {{changes}}, {{actions}} or another part by that part. {{title}}, "
            "{{date}}, {{children}} and {{copy_for}} can stand within a text."
        ),
        required=False,
        accept=".docx",
    )
    without = fields.ChoicesField(
        label=gettext_lazy("Take away"),
        choices=[("badge", gettext_lazy("The badge")), ("word", gettext_lazy("The Word file"))],
        required=False,
    )
    in_force_on = fields.DateField(
        label=gettext_lazy("From which day is it used?"), noun=gettext_lazy("the day from which it is used")
    )

    def __init__(self, *args: Any, there: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["without"]
        field.choices = [choice for choice in field.choices if choice[0] in there]
        if not there:
            del self.fields["without"]


def template(request: HttpRequest) -> HttpResponse:
    """Sets the next template; what is not given stays as it was."""
    by = actor_of(request)
    page = template_page(by=by)
    there = tuple(name for name, has in (("badge", page.has_badge), ("word", page.has_word)) if has)

    def do(form: Any) -> int:
        given = form.cleaned_data
        return set_template(
            heading=given["heading"], footer=given["footer"], badge=_upload(given["badge"]),
            word=_upload(given["word"]), without=frozenset(given.get("without") or ()),
            in_force_on=given["in_force_on"], by=by, once=form.once,
        )  # fmt: skip

    back = address_of("setup")
    return form_view(
        request, form_class=TemplateForm, template="meetings/record_template.html", do=do, to=back,
        done=_("The template for records is set."),
        initial={"heading": page.heading, "footer": page.footer, "in_force_on": timezone.localdate()},
        options={"there": there},
        context={
            "title": _("Template for records"), "back": back, "page": page, "submit": _("Set the template"),
        },
    )  # fmt: skip


def _upload(file: Any) -> Upload | None:
    return Upload(file.name or "", file.read()) if file else None
