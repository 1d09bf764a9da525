"""The words that a procedure file may use: events, sections, codes and keys. Anything else is refused."""

# The events of a child's timetable. ANCHORS are what clocks count from; the others record that something was
# done, and only ever meet a clock.
ANCHORS = (
    "strategy_discussion",
    "initial_conference",
    "core_group",
    "review_conference",
    "plan_ended",
    "transfer_notified",
    "child_seen",
    "significant_change",
)
EVENTS = (
    *ANCHORS,
    "outline_plan_issued",
    "record_issued",
    "transfer_conference",
    "transfer_papers_sent",
    "assessment_completed",
    "change_reported",
    "enhanced_risk_assessment",
    "afterwards_meeting",
)
ONCE = ("strategy_discussion", "initial_conference", "plan_ended")
SECTIONS = (
    "agenda", "plan_parts", "guards", "closing", "joining", "distribution", "guides", "categories",
    "questions", "prompts", "complaints", "disagreement", "duties", "principles", "membership",
    "risk_headings", "traits",
)  # fmt: skip
AGENCY_KINDS = (
    "social_care", "health", "education", "police", "probation", "adult_services", "housing", "voluntary",
    "other", "family",
)  # fmt: skip
CODES: dict[str, tuple[str, ...]] = {
    "guards": (
        "lead", "members", "first_core_group", "review_date", "concern", "outcome", "action",
        "owner_and_date", "contingency", "child_voice", "parent_views", "agreed_contact", "family_page",
        "outline_traced", "answers",
    ),
    "joining": ("told_manager", "read_outline", "noted_review", "shared_contacts"),
    "distribution": ("members", "parents", "child", "conference_chair", "file", "line_manager"),
    "guides": AGENCY_KINDS,
    "traits": ("missed_contact_urgent", "missed_contact_tells_all"),
    "plan_parts": ("safety", "monitoring", "assessment", "change", "achieving_best", "contingency"),
}  # fmt: skip
TOP = (
    "title", "nation", "parent", "abstract", "note", "record_mode", "registration", "sources", "words",
    "rules", "roles", *SECTIONS,
)  # fmt: skip
RULE_KEYS = (
    "title", "anchor", "met_by", "direction", "same_day", "window", "gap_at_least", "besides",
    "after_reviews", "warn", "until", "editions",
)  # fmt: skip
EDITION_KEYS = (
    "from", "expected", "latest", "source", "quote", "strictness", "assumed", "note", "examples",
)  # fmt: skip
EXAMPLE_KEYS = ("events", "expected", "latest", "meet_by", "occurrence", "as_of", "status", "note")
ITEM_KEYS = ("code", "title", "text", "source", "quote", "strictness", "who", "requirements", "points")
ROLE_KEYS = ("who", "text", "source", "quote", "not_chair", "strictness")
SOURCE_KEYS = ("title", "publisher", "dated")
STRICTNESS = ("must", "should")
RECORD_MODES = ("minutes", "updated_plan")
REGISTRATIONS = ("plan", "register")
