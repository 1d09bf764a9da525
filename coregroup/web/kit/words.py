"""Dates, times and statuses in words, in the reader's language. These are the templates' filters."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def longdate(value: date | None) -> str:
    """Thursday 2 April 2026; in Welsh: Dydd Iau 2 Ebrill 2026. Nothing for None."""
    return date_format(_day(value), "l j F Y", use_l10n=False) if value else ""


def plaindate(value: date | None) -> str:
    """2 April 2026."""
    return date_format(_day(value), "j F Y", use_l10n=False) if value else ""


def shortdate(value: date | None) -> str:
    """2 Apr 2026: for tables."""
    return date_format(_day(value), "j M Y", use_l10n=False) if value else ""


def clocktime(value: time | datetime | None) -> str:
    """10:30am, 2pm, midday: a time of day as people write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _local(value).time()
    if (value.hour, value.minute) in ((0, 0), (12, 0)):
        return _("midday") if value.hour else _("midnight")
    hour, half = value.hour % 12 or 12, _("am") if value.hour < 12 else _("pm")
    return f"{hour}:{value.minute:02}{half}" if value.minute else f"{hour}{half}"


def moment(value: datetime | None) -> str:
    """2 April 2026 at 2:15pm, in the service's own time zone."""
    if value is None:
        return ""
    local = _local(value)
    return _("%(day)s at %(time)s") % {"day": plaindate(local), "time": clocktime(local)}


def isodate(value: date | None) -> str:
    """2026-04-02, for `<time datetime>`."""
    return _day(value).isoformat() if value else ""


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


STATUSES = {
    "not_started": (gettext_lazy("Not started"), "grey"),
    "due": (gettext_lazy("Due"), "blue"),
    "due_soon": (gettext_lazy("Due soon"), "yellow"),
    "overdue": (gettext_lazy("Overdue"), "red"),
    "met": (gettext_lazy("Met"), "green"),
    "met_late": (gettext_lazy("Met late"), "orange"),
    "excused": (gettext_lazy("Excused"), "purple"),
    "no_longer_needed": (gettext_lazy("No longer needed"), "grey"),
}


def status_word(status: str | None) -> str:
    """The word for a clock's status. A status without a word shows as it is, so that nothing hides."""
    return str(STATUSES[status][0]) if status in STATUSES else str(status or "")


def status_colour(status: str | None) -> str:
    """The tag's colour for a clock's status; the word always stands with it."""
    return STATUSES[status][1] if status in STATUSES else "grey"


def filesize(count: int) -> str:
    """900 bytes, 12 KB, 3.4 MB: how much a file holds."""
    if count < 1000:
        return _("%(count)d bytes") % {"count": count}
    if count < 1_000_000:
        return f"{round(count / 1000)} KB"
    return f"{count / 1_000_000:.1f} MB"
