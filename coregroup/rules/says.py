"""Makes sentences of a timetable's parts, in the reader's language, at the moment they are read.

Each sentence names the rule, the event it counts from, what was counted and what was skipped, any assumption,
the edition and the document it comes from (R7). English and Welsh stand side by side, so that neither can be
changed without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coregroup.rules.dates import Skipped, Span
from coregroup.rules.procedure import Source, say
from coregroup.rules.rows import Explanation, Row

LANGUAGES = ("en", "cy")
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"),
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split(),
}
UNITS = {
    "en": {
        "working_days": ("working day", "working days"),
        "days": ("day", "days"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
    },
    "cy": {
        "working_days": ("diwrnod gwaith", "diwrnod gwaith"),
        "days": ("diwrnod", "diwrnod"),
        "weeks": ("wythnos", "wythnos"),
        "months": ("mis", "mis"),
    },
}
STATUS_WORDS = {
    "not_started": {"en": "not started", "cy": "heb ddechrau"},
    "due": {"en": "due", "cy": "i'w gwneud"},
    "due_soon": {"en": "due soon", "cy": "i'w gwneud yn fuan"},
    "overdue": {"en": "overdue", "cy": "yn hwyr"},
    "met": {"en": "met", "cy": "wedi'i gadw"},
    "met_late": {"en": "met late", "cy": "wedi'i gadw'n hwyr"},
    "excused": {"en": "excused", "cy": "wedi'i esgusodi"},
    "no_longer_needed": {"en": "no longer needed", "cy": "nid oes ei angen mwyach"},
}
ORDINALS = {
    "en": ("", "first", "second", "third", "fourth"),
    "cy": ("", "gyntaf", "ail", "trydedd", "bedwaredd"),
}
WORDS = {
    "head": {"en": "{rule}, counted from the {anchor}: ", "cy": "{rule} (cyfrifir o: {anchor}): "},
    "head_before": {
        "en": "{rule}, counted back from the {anchor}: ",
        "cy": "{rule} (cyfrifir yn ôl o: {anchor}): ",
    },
    "head_bare": {"en": "{rule}: ", "cy": "{rule}: "},
    "from": {"en": "{spans} from {day}", "cy": "{spans} o {day}"},
    "before": {"en": "{spans} before {day}", "cy": "{spans} cyn {day}"},
    "both": {"en": "{expected}, and at the latest {latest},", "cy": "{expected}, a {latest} fan bellaf,"},
    "on": {"en": "on {day}", "cy": "ar {day}"},
    "planned": {"en": "that day is planned", "cy": "diwrnod a gynlluniwyd yw hwnnw"},
    "given": {"en": "that is the day given for it", "cy": "dyna'r diwrnod a roddwyd ar ei gyfer"},
    "computed": {
        "en": "that is the {anchor}'s own limit, as none is planned",
        "cy": "dyna derfyn y cyfarfod hwnnw ei hun ({anchor}), gan nad oes un wedi'i gynllunio",
    },
    "skip_one": {"en": "{names} does not count", "cy": "nid yw {names} yn cyfrif"},
    "skip_many": {"en": "{names} do not count", "cy": "nid yw {names} yn cyfrif"},
    "closed": {"en": "the closure day of {day}", "cy": "diwrnod cau {day}"},
    "and": {"en": " and ", "cy": " na "},
    "meet_by": {
        "en": "{latest} is not a working day, so meet by {day}",
        "cy": "nid yw {latest} yn ddiwrnod gwaith, felly cyfarfyddwch erbyn {day}",
    },
    "occasion": {
        "en": "at the first {anchor} after the {nth} {review}",
        "cy": "yn y cyfarfod cyntaf ({anchor}) ar ôl adolygiad rhif {n} ({review})",
    },
    "waiting": {
        "en": "{spans} from that day, once it has come",
        "cy": "{spans} o'r diwrnod hwnnw, unwaith y daw",
    },
    "waiting_before": {
        "en": "{spans} before that day, once it is known",
        "cy": "{spans} cyn y diwrnod hwnnw, unwaith y bydd yn hysbys",
    },
    "waiting_occasion": {"en": "which has not been held yet", "cy": "nad yw wedi'i gynnal eto"},
    "warned": {
        "en": "it warns from {day}, {span} after the {conference}",
        "cy": "mae'n rhybuddio o {day}, {span} ar ôl y {conference}",
    },
    "not_in_force": {
        "en": "no edition of this rule is known for {day}, and the earliest is from {first}",
        "cy": "ni wyddys am rifyn o'r rheol hon ar gyfer {day}, ac mae'r cynharaf o {first}",
    },
    "assumed": {"en": "assumed: {text}", "cy": "tybir: {text}"},
    "edition": {"en": "by the edition in force from {day}", "cy": "yn ôl y rhifyn mewn grym o {day}"},
    "ended": {
        "en": "no longer needed, as the plan ended on {day}",
        "cy": "nid oes ei angen mwyach, gan i'r cynllun ddod i ben ar {day}",
    },
    "excused": {
        "en": "excused by a decision on record",
        "cy": "wedi'i esgusodi trwy benderfyniad a gofnodwyd",
    },
    "met": {"en": "met on {day}", "cy": "cadwyd ar {day}"},
    "source": {"en": "source: {source}", "cy": "ffynhonnell: {source}"},
}


def long_date(day: date, lang: str = "en") -> str:
    """A date in words, with its weekday: "Thursday 2 April 2026", "dydd Iau 2 Ebrill 2026"."""
    weekday = DAYS[lang][day.weekday()]
    if lang == "cy":
        weekday = f"dydd {weekday}"
    return f"{weekday} {day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def short_date(day: date, lang: str = "en") -> str:
    """A date in words without its weekday: "2 April 2026"."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def span(length: Span, lang: str = "en") -> str:
    """A span in words: "10 working days"."""
    return f"{length.n} {UNITS[lang][length.unit][length.n != 1]}"


def status(name: str | None, lang: str = "en") -> str:
    """A status in words; nothing for none."""
    return say(STATUS_WORDS[name], lang) if name else ""


def source_line(source: Source, lang: str = "en") -> str:
    """A document with its publisher, as one line."""
    return f"{say(source.title, lang)}, {say(source.publisher, lang)}"


def why(row: Row, lang: str = "en") -> str:
    """Why this clock has its dates, in one sentence."""
    lang = "cy" if lang.startswith("cy") else "en"
    parts = [_counted(row, lang), *_remarks(row, lang), _word("source", lang, source=_quoted(row, lang))]
    return _head(row, lang) + "; ".join(part for part in parts if part) + "."


def _word(key: str, lang: str, **values: object) -> str:
    return WORDS[key][lang].format(**values)


def _head(row: Row, lang: str) -> str:
    about = row.explanation
    key = "head_bare" if about.after_reviews else "head_before" if about.before else "head"
    return _word(key, lang, rule=say(row.title, lang), anchor=_anchor(about, lang))


def _anchor(about: Explanation, lang: str) -> str:
    return say(about.anchor_words, lang)


def _spans(about: Explanation, lang: str) -> str:
    latest = span(about.latest, lang)
    if about.expected == about.latest:
        return latest
    return _word("both", lang, expected=span(about.expected, lang), latest=latest)


def _counted(row: Row, lang: str) -> str:
    """What was counted, from where; or what the row waits for."""
    about, day = row.explanation, row.anchor.date
    if about.after_reviews:
        return _occasion(about, day, lang)
    if day is None:
        return _word("waiting_before" if about.before else "waiting", lang, spans=_spans(about, lang))
    if about.counted_from == "not_in_force":
        first = short_date(about.first_edition, lang) if about.first_edition else ""
        return _word("not_in_force", lang, day=long_date(day, lang), first=first)
    if about.before:
        return _word("before", lang, spans=_spans(about, lang), day=long_date(day, lang))
    return _word("from", lang, spans=_spans(about, lang), day=_on(day, lang))


def _on(day: date, lang: str) -> str:
    """A date after a Welsh preposition that softens it (o ddydd, ar ddydd); in English the date itself."""
    said = long_date(day, lang)
    return "d" + said if lang == "cy" else said


def _occasion(about: Explanation, day: date | None, lang: str) -> str:
    words = _word(
        "occasion",
        lang,
        anchor=_anchor(about, lang),
        nth=ORDINALS[lang][min(about.after_reviews, 4)],
        n=about.after_reviews,
        review=say(about.review_words, lang),
    )
    return f"{words}, {_word('on', lang, day=_on(day, lang)) if day else _word('waiting_occasion', lang)}"


def _remarks(row: Row, lang: str) -> list[str]:
    """Everything else that bears on the date, each a clause."""
    about = row.explanation
    said = [_skipped(about.skipped, lang)]
    if about.counted_from == "planned":
        said.append(_word("planned", lang))
    if about.counted_from == "event" and about.before:
        said.append(_word("given", lang))
    if about.counted_from == "computed":
        said.append(_word("computed", lang, anchor=_anchor(about, lang)))
    if row.latest and row.meet_by and row.meet_by != row.latest:
        said.append(_meet_by(row.latest, row.meet_by, lang))
    if about.warned_on and row.anchor.date is None:
        said.append(_warning(about, about.warned_on, lang))
    if about.assumed:
        said.append(_word("assumed", lang, text=say(about.assumed, lang)))
    if about.several_editions and about.edition_from and row.anchor.date:
        said.append(_word("edition", lang, day=short_date(about.edition_from, lang)))
    if row.status in ("met", "met_late") and row.met_on:
        said.append(_word("met", lang, day=_on(row.met_on, lang)))
    if row.status == "excused":
        said.append(_word("excused", lang))
    if row.status == "no_longer_needed" and about.ended:
        said.append(_word("ended", lang, day=_on(about.ended, lang)))
    return said


def _meet_by(latest: date, meet_by: date, lang: str) -> str:
    return _word("meet_by", lang, latest=long_date(latest, lang), day=long_date(meet_by, lang))


def _warning(about: Explanation, day: date, lang: str) -> str:
    length = span(about.warn, lang) if about.warn else ""
    conference = say(about.conference_words, lang)
    return _word("warned", lang, day=_on(day, lang), span=length, conference=conference)


def _skipped(days: Sequence[Skipped], lang: str) -> str:
    names = [
        say(skipped.name, lang) if skipped.name else _word("closed", lang, day=long_date(skipped.day, lang))
        for skipped in days
    ]
    if not names:
        return ""
    listed = ", ".join(names[:-1]) + (WORDS["and"][lang] if len(names) > 1 else "") + names[-1]
    return _word("skip_many" if len(names) > 1 else "skip_one", lang, names=listed)


def _quoted(row: Row, lang: str) -> str:
    quote = row.explanation.quote
    return source_line(row.source, lang) + (f" (“{quote}”)" if quote else "")
