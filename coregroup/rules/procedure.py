"""A procedure as the rest of the house sees it: frozen, merged from parent and local changes, and checked.

The book makes these (`book.load`); nothing here reads a file. Everything a person reads is a text in both
languages, `{"en": ..., "cy": ...}`; `say` picks one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from coregroup.rules.dates import Span

Text = Mapping[str, str]


def say(text: Text, lang: str = "en") -> str:
    """The words of a text in one language; English where the other is not given."""
    return text.get(lang) or text["en"]


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names that come nearest to a mistyped one, best first; none if nothing is like it."""
    return difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.5)


class Unknown(LookupError):
    """A name that is not in the list; `near` holds the nearest that are, `names` all of them."""

    def __init__(self, kind: str, name: str, names: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.names = tuple(sorted(names))
        self.near = tuple(nearest(name, self.names))
        hint = (
            f"the nearest is {' or '.join(self.near)}" if self.near else f"there are {', '.join(self.names)}"
        )
        super().__init__(f"there is no {kind} {name!r}; {hint}")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that says something: its title, who gave it out, and when, as far as that is known."""

    code: str
    title: Text
    publisher: Text
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a procedure lists: an agenda point, a guard, a recipient, a stage, a duty, a category.

    `strictness` is "must" (never passed) or "should" (passed with a reason and a name) where it applies;
    `quote` is a short anchor in the document's own words; `requirements` are the numbers it answers.
    """

    code: str
    title: Text
    text: Text | None = None
    source: Source | None = None
    quote: str = ""
    strictness: str = ""
    who: str = ""
    requirements: tuple[str, ...] = ()
    points: tuple[Text, ...] = ()

    @property
    def must(self) -> bool:
        """Whether this can never be passed by."""
        return self.strictness == "must"


@dataclass(frozen=True, slots=True)
class Role:
    """Who does a job in the meeting: `who` is a code, `not_chair` bars the chair from it (R50, R75, R90)."""

    code: str
    who: str
    text: Text
    source: Source | None
    quote: str = ""
    not_chair: bool = False
    strictness: str = "should"


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: the events given, and what the rule must answer. It is a test and it is printed."""

    events: tuple[tuple[str, date], ...]
    expected: date | None
    latest: date | None
    meet_by: date | None
    occurrence: int = 1
    as_of: date | None = None
    status: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """How a rule stood from a day on (`first_day` None: as far back as we know)."""

    first_day: date | None
    expected: Span
    latest: Span
    source: Source
    quote: str = ""
    strictness: str = "must"
    assumed: Text | None = None
    note: Text | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A timescale: from which event, counted how, met by what.

    `before` counts backwards from the anchor. `window` is how long before its limit a meeting may fall and
    still count as the one meant. `gap_at_least` limits a rule to gaps between conferences of that length, and
    `besides` names the rule whose meeting this one must not borrow. `after_reviews` hangs the rule on the
    first anchor event after that many review conferences, and `warn` is the span from the initial conference
    at which it warns if that event has not come. `until` ends the rule at the first event of that name; from
    then on `then`, the parent's rule, governs. `same_day` says whether an event on the anchor's own day can
    meet the rule.
    """

    name: str
    title: Text
    anchor: str
    met_by: tuple[str, ...]
    editions: tuple[Edition, ...]
    before: bool = False
    same_day: bool = True
    window: Span | None = None
    gap_at_least: Span | None = None
    besides: str | None = None
    after_reviews: int = 0
    warn: Span | None = None
    until: str | None = None
    then: Rule | None = None

    def edition_on(self, day: date) -> Edition | None:
        """The edition in force on a day, or None if the rule was not yet in force."""
        in_force = [e for e in self.editions if e.first_day is None or e.first_day <= day]
        return in_force[-1] if in_force else None

    @property
    def newest(self) -> Edition:
        """The edition with the latest first day."""
        return self.editions[-1]


@dataclass(frozen=True)
class Procedure:
    """What one authority, or one nation, lays down. See docs/reference/procedures for each in full."""

    identifier: str
    names: Text
    nation: str
    parent: str | None
    sources: Mapping[str, Source]
    words: Mapping[str, Text]
    rules: Mapping[str, Rule]
    roles: Mapping[str, Role]
    record_mode: str
    registration: str
    sections: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    note: Text | None = None

    def title(self, lang: str = "en") -> str:
        """The procedure's own name."""
        return say(self.names, lang)

    def word(self, key: str, lang: str = "en") -> str:
        """The local term for a role or thing, such as "lead_worker" or "plan_name" (R39); Unknown if none."""
        if key not in self.words:
            raise Unknown("word", key, self.words)
        return say(self.words[key], lang)

    def section(self, name: str) -> tuple[Item, ...]:
        """All items of one section, in the document's order; empty where the procedure gives none."""
        return self.sections.get(name, ())

    @property
    def agenda(self) -> tuple[Item, ...]:
        """The points of a core group, in order (R86)."""
        return self.section("agenda")

    @property
    def plan_parts(self) -> tuple[Item, ...]:
        """The parts of the detailed plan: safety, monitoring, assessment, change, best, contingency (R81)."""
        return self.section("plan_parts")

    @property
    def guards(self) -> Mapping[str, Item]:
        """What must or should hold before a plan comes into force, by code."""
        return {item.code: item for item in self.section("guards")}

    @property
    def closing(self) -> Mapping[str, Item]:
        """What must or should hold before a core group is closed, by code."""
        return {item.code: item for item in self.section("closing")}

    @property
    def distribution(self) -> tuple[Item, ...]:
        """Who is given the plan and the record: recipient codes in order (R53)."""
        return self.section("distribution")

    @property
    def joining(self) -> tuple[Item, ...]:
        """The steps of a new member's joining list (R45, R46, R47)."""
        return self.section("joining")

    @property
    def categories(self) -> tuple[Item, ...]:
        """The categories of harm under which a child may be registered or made subject of a plan."""
        return self.section("categories")

    @property
    def questions(self) -> tuple[Item, ...]:
        """The chair's questions before the meeting ends (R84)."""
        return self.section("questions")

    @property
    def prompts(self) -> tuple[Item, ...]:
        """Reminders shown where they help; the code says where."""
        return self.section("prompts")

    @property
    def complaints(self) -> tuple[Item, ...]:
        """The ways and stages of a complaint (R71)."""
        return self.section("complaints")

    @property
    def disagreement(self) -> tuple[Item, ...]:
        """The stages of a disagreement between professionals, in order (R35, R69)."""
        return self.section("disagreement")

    @property
    def duties(self) -> tuple[Item, ...]:
        """Everything else the document asks, and of whom."""
        return self.section("duties")

    def guide(self, agency_kind: str, lang: str = "en") -> tuple[str, ...]:
        """The role guide for members of one kind of agency, a sentence a point (R2, R40); Unknown if none."""
        guides = {item.code: item for item in self.section("guides")}
        if agency_kind not in guides:
            raise Unknown("role guide for", agency_kind, guides)
        return tuple(say(point, lang) for point in guides[agency_kind].points)

    def guide_title(self, agency_kind: str, lang: str = "en") -> str:
        """The heading of that role guide."""
        guides = {item.code: item for item in self.section("guides")}
        if agency_kind not in guides:
            raise Unknown("role guide for", agency_kind, guides)
        return say(guides[agency_kind].title, lang)
