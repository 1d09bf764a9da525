"""Django finds the models here; each is written in its subject's file."""

from coregroup.records.audit import AuditLine, AuditLink
from coregroup.records.chronology import ChronologyEntry
from coregroup.records.conferences import Conference, ConferenceDecision, Departure, Registration
from coregroup.records.contact import MissedContact
from coregroup.records.documents import Guidance, HandOut, HandOutOpened, StoredFile
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
from coregroup.records.meetings import AgendaItem, Meeting
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

__all__ = [
    "Account", "AccountPerson", "ActionAnswer", "Adult", "AgendaItem", "Agency", "Audience", "AudiencePerson",
    "AuditLine", "AuditLink", "Authority", "Child", "ChronologyEntry", "ClosureDay", "Conference",
    "ConferenceDecision", "CoreGroup", "Departure", "Draft", "Fact", "Family", "Guidance", "HandOut",
    "HandOutOpened", "Invitation", "JoiningStep", "Journey", "LeadAppointment", "LedgerEntry", "Meeting",
    "Membership", "MissedContact", "Notice", "Once", "OutlineItem", "Person", "Plan", "PlanItem",
    "PlanRevision", "PlanVersion", "ReadMark", "Registration", "Relationship", "SignInLink", "StoredFile",
    "VersionRevision", "Visit",
]  # fmt: skip
