"""How children are called where they have no name yet, and how old they are."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.records.models import Child


def child_name(child: Child) -> str:
    """The child's name (its person loaded); an unborn child often has none."""
    return child.person.name or _("Unborn baby")


def first_name(child: Child) -> str:
    """The name by which the child is called within a sentence."""
    return child.person.given_name or child_name(child)


def age_words(child: Child, today: date) -> str:
    """How old a child is, in words: weeks, months, then years; for an unborn child, when it is expected."""
    if child.date_of_birth is None:
        return _("not born yet")
    months = (today.year - child.date_of_birth.year) * 12 + today.month - child.date_of_birth.month
    months -= today.day < child.date_of_birth.day
    if months < 2:
        weeks = max((today - child.date_of_birth).days // 7, 0)
        return ngettext("%(count)d week old", "%(count)d weeks old", weeks) % {"count": weeks}
    if months < 24:
        return ngettext("%(count)d month old", "%(count)d months old", months) % {"count": months}
    years = months // 12
    return ngettext("%(count)d year old", "%(count)d years old", years) % {"count": years}
