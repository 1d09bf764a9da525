"""Django finds the models here; each is written in its subject's file."""

from coregroup.records.audit import AuditLine, AuditLink
from coregroup.records.chronology import ChronologyEntry
from coregroup.records.conferences import Conference, ConferenceDecision, Departure, Registration
from coregroup.records.contact import MissedContact
from coregroup.records.documents import Guidance, HandOut, HandOutOpened, RecordTemplate, StoredFile
from coregroup.records.drafts import Draft, Journey, Once, Visit
from coregroup.records.groups import (
    Adult,
    Audience,
    AudiencePerson,
    Child,
    CoreGroup,
    Fact,
    Invitation,
    JoiningStep,
    LeadAppointment,
    Membership,
    ReadMark,
    Relationship,
)
from coregroup.records.ledger import LedgerEntry
from coregroup.records.meeting_sheet import (
    MeetingEntry,
    Recommendation,
    RecordCorrection,
    RestrictedPart,
)
from coregroup.records.meetings import AgendaItem, Apology, Meeting, MeetingGuest, MeetingRequest
from coregroup.records.notices import Notice
from coregroup.records.people import (
    Account,
    AccountPerson,
    Agency,
    Authority,
    ClosureDay,
    Family,
    Person,
    SignInLink,
)
from coregroup.records.plans import (
    ActionAnswer,
    OutlineItem,
    Plan,
    PlanItem,
    PlanRevision,
    PlanVersion,
    VersionRevision,
)
from coregroup.records.updates import (
    ActionState,
    LeadNote,
    LeadNoteAnswer,
    MemberUpdate,
    OutcomeRating,
    UpdatePart,
)

__all__ = [
    "Account", "AccountPerson", "ActionAnswer", "ActionState", "Adult", "Agency", "AgendaItem", "Apology",
    "Audience", "AudiencePerson", "AuditLine", "AuditLink", "Authority", "Child", "ChronologyEntry",
    "ClosureDay", "Conference", "ConferenceDecision", "CoreGroup", "Departure", "Draft", "Fact", "Family",
    "Guidance", "HandOut", "HandOutOpened", "Invitation", "JoiningStep", "Journey", "LeadAppointment",
    "LeadNote", "LeadNoteAnswer", "LedgerEntry", "Meeting", "MeetingEntry", "MeetingGuest",
    "MeetingRequest", "MemberUpdate", "Membership", "MissedContact", "Notice", "Once", "OutcomeRating",
    "OutlineItem", "Person", "Plan", "PlanItem", "PlanRevision", "PlanVersion", "ReadMark",
    "Recommendation", "RecordCorrection", "RecordTemplate", "Registration", "Relationship",
    "RestrictedPart", "SignInLink", "StoredFile", "UpdatePart", "VersionRevision", "Visit",
]  # fmt: skip
