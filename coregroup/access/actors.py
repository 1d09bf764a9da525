"""A signed-in account becomes an Actor."""

from __future__ import annotations

from django.http import HttpRequest

from coregroup.records.models import Account, AccountPerson, Person
from coregroup.rules.access import Actor

PERSON_KEY = "person"  # in the session: as which of the account's persons somebody is here


def actor_for_person(person: Person, *, account: Account | None = None, others: tuple = ()) -> Actor:
    """The Actor of one person (its agency loaded beforehand)."""
    return Actor(
        person=person.id,
        authority=person.authority_id,
        name=person.name,
        professional=person.kind == Person.PROFESSIONAL,
        agency=person.agency_id,
        agency_name=person.agency.name if person.agency else "",
        agency_kind=person.agency.kind if person.agency else "",
        duties=frozenset(person.duties),
        account=account.id if account else None,
        language=person.language,
        others=others,
    )


def actor_of(request: HttpRequest) -> Actor | None:
    """Who acts in this request; None for somebody not signed in or whose account serves nobody.

    An account that serves several persons acts as the one chosen in the session, else the first; the others
    are named in `Actor.others`, so that the page can offer the change.
    """
    account = request.user
    if not account.is_authenticated:
        return None
    links = getattr(account, "loaded_links", None)
    if links is None:
        links = list(account.links.select_related("person__agency").order_by("person__made_at", "id"))
    if not links:
        return None
    chosen = request.session.get(PERSON_KEY)
    link = next((link for link in links if str(link.person_id) == chosen), links[0])
    others = tuple((other.person_id, other.person.name) for other in links if other is not link)
    return actor_for_person(link.person, account=account, others=others)


def actors_by_email(email: str) -> list[Actor]:
    """The persons whom the account with this address serves, as actors; none for an address without one."""
    links = AccountPerson.objects.filter(account__email__iexact=email.strip(), account__is_active=True)
    rows = links.select_related("account", "person__agency").order_by("person__made_at", "id")
    return [actor_for_person(link.person, account=link.account) for link in rows]


def system_actor(name: str, *, duties: frozenset[str] = frozenset(), authority: object = None) -> Actor:
    """An actor that is no person: the clock, a set-up command. It opens no case by itself."""
    return Actor(None, authority, name, professional=False, duties=duties, system=True)  # type: ignore[arg-type]


def switch_person(request: HttpRequest, person_id: str) -> bool:
    """Acts from now on as another of the account's persons. False if the account does not serve them."""
    served = {str(link.person_id) for link in request.user.links.all()}  # type: ignore[union-attr]
    if person_id not in served:
        return False
    request.session[PERSON_KEY] = person_id
    return True
