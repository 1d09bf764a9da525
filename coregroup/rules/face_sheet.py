"""The face sheet (R116): what is known of a child, an adult and the family, kind by kind.

Published forms ask for these at their head. Each fact carries its date, its source and its audience; the
`hiding` of a kind says which switch of "must not learn" keeps it from a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]

# What a person may have to be kept from learning, as it is asked when a core group is opened.
HIDINGS: Mapping[str, Text] = {
    "address": {"en": "Where somebody lives", "cy": "Ble mae rhywun yn byw"},
    "contact": {"en": "Telephone numbers and e-mail addresses", "cy": "Rhifau ffôn a chyfeiriadau e-bost"},
    "school": {"en": "School, nursery or childminder", "cy": "Ysgol, meithrinfa neu warchodwr plant"},
    "health": {"en": "GP, hospital and health details", "cy": "Meddyg teulu, ysbyty a manylion iechyd"},
    "legal": {"en": "Legal status and orders", "cy": "Statws cyfreithiol a gorchmynion"},
}


@dataclass(frozen=True)
class FactKind:
    """One kind of fact: whom it is about (`child`, `adult`, `family`), how long it may be, what hides it."""

    code: str
    label: Text
    about: frozenset[str]
    long: bool = False
    hiding: str = ""


def _kind(code: str, en: str, cy: str, about: str, *, long: bool = False, hiding: str = "") -> FactKind:
    return FactKind(code, {"en": en, "cy": cy}, frozenset(about.split()), long, hiding)


_KINDS = (
    _kind("other_names", "Other names used", "Enwau eraill a ddefnyddir", "child adult"),
    _kind("date_of_birth", "Date of birth", "Dyddiad geni", "adult"),
    _kind("sex", "Sex", "Rhyw", "child adult"),
    _kind("ethnicity", "Ethnicity", "Ethnigrwydd", "child adult"),
    _kind("religion", "Religion and culture", "Crefydd a diwylliant", "child adult family"),
    _kind("first_language", "First language", "Iaith gyntaf", "child adult"),
    _kind("interpreter", "Interpreter and communication needs", "Anghenion cyfieithydd a chyfathrebu",
          "child adult"),
    _kind("disability", "Disability", "Anabledd", "child adult", long=True),
    _kind("identifier", "Identifier of an agency", "Dynodydd asiantaeth", "child adult"),
    _kind("address", "Where they live", "Ble maent yn byw", "child adult", long=True, hiding="address"),
    _kind("household", "Who they live with", "Gyda phwy maent yn byw", "child", long=True, hiding="address"),
    _kind("address_change", "Changes of address since last time", "Newidiadau cyfeiriad ers y tro diwethaf",
          "child", long=True, hiding="address"),
    _kind("telephone", "Telephone", "Ffôn", "adult child", hiding="contact"),
    _kind("email", "E-mail", "E-bost", "adult child", hiding="contact"),
    _kind("school", "School or nursery", "Ysgol neu feithrinfa", "child", hiding="school"),
    _kind("gp", "GP", "Meddyg teulu", "child adult", hiding="health"),
    _kind("health", "Health", "Iechyd", "child adult", long=True, hiding="health"),
    _kind("birth_place", "Expected place of birth", "Man geni disgwyliedig", "child", hiding="health"),
    _kind("legal_status", "Legal status and orders", "Statws cyfreithiol a gorchmynion", "child", long=True,
          hiding="legal"),
    _kind("earlier_plans", "Earlier plans and registrations", "Cynlluniau a chofrestriadau blaenorol",
          "child", long=True),
    _kind("siblings_elsewhere", "Brothers and sisters living elsewhere",
          "Brodyr a chwiorydd yn byw mewn mannau eraill", "child", long=True, hiding="address"),
    _kind("absent_parent", "Absent parents", "Rhieni absennol", "child", long=True),
    _kind("access_needs", "What they need to take part (access, childcare, diet, safety)",
          "Beth sydd ei angen arnynt i gymryd rhan (mynediad, gofal plant, deiet, diogelwch)",
          "adult child family", long=True),
    _kind("other", "Something else", "Rhywbeth arall", "child adult family", long=True),
)  # fmt: skip

KINDS: Mapping[str, FactKind] = {kind.code: kind for kind in _KINDS}

RELATIONSHIPS: Mapping[str, Text] = {
    "mother": {"en": "Mother", "cy": "Mam"},
    "father": {"en": "Father", "cy": "Tad"},
    "step_parent": {"en": "Step-parent", "cy": "Llys-riant"},
    "partner_of_parent": {"en": "Partner of a parent", "cy": "Partner rhiant"},
    "grandparent": {"en": "Grandparent", "cy": "Taid neu nain"},
    "other_relative": {"en": "Other relative", "cy": "Perthynas arall"},
    "foster_carer": {"en": "Foster carer", "cy": "Gofalwr maeth"},
    "adoptive_parent": {"en": "Adoptive parent", "cy": "Rhiant mabwysiadol"},
    "guardian": {"en": "Guardian", "cy": "Gwarcheidwad"},
    "other": {"en": "Other", "cy": "Arall"},
}

ATTENDANCE: Mapping[str, Text] = {
    "yes": {"en": "Comes to meetings", "cy": "Yn dod i gyfarfodydd"},
    "separately": {"en": "Comes separately from another adult", "cy": "Yn dod ar wahân i oedolyn arall"},
    "part": {"en": "Comes to part of a meeting", "cy": "Yn dod i ran o gyfarfod"},
    "no": {"en": "Does not come", "cy": "Nid yw'n dod"},
}

VENUE_ACCESS: Mapping[str, Text] = {
    "step_free": {"en": "Step-free entrance", "cy": "Mynedfa heb risiau"},
    "accessible_toilet": {"en": "Accessible toilet", "cy": "Toiled hygyrch"},
    "hearing_loop": {"en": "Hearing loop", "cy": "Dolen sain"},
    "parking": {"en": "Parking close by", "cy": "Parcio gerllaw"},
    "public_transport": {"en": "Near public transport", "cy": "Ger trafnidiaeth gyhoeddus"},
    "waiting_room": {"en": "Separate waiting room", "cy": "Ystafell aros ar wahân"},
    "creche": {"en": "Childcare on the spot", "cy": "Gofal plant ar y safle"},
    "online": {"en": "Can be joined by telephone or video", "cy": "Gellir ymuno dros y ffôn neu fideo"},
}


def kinds_for(about: str) -> tuple[FactKind, ...]:
    """The kinds of fact that can be told of a `child`, an `adult` or the `family`, in the sheet's order."""
    return tuple(kind for kind in _KINDS if about in kind.about)


def hidden_from(kind: str, must_not_learn: frozenset[str]) -> bool:
    """Is a fact of this kind kept from somebody who must not learn these things?"""
    known = KINDS.get(kind)
    return known is not None and known.hiding != "" and known.hiding in must_not_learn
