"""Whom a procedure's distribution list means, and when somebody is reminded of it. Pure."""

from __future__ import annotations

# Adults to whom a plan and a record go although nothing is known of their parental responsibility.
PARENTS = ("mother", "father", "step_parent", "adoptive_parent", "guardian")
# Working days after which a record that was not given, or not opened, is asked after.
CHASED_AFTER = 5


def is_parent(kind: str, responsibility: bool | None) -> bool:
    """Whether this adult is on the list as a parent: by responsibility, or by what they are to the child."""
    return bool(responsibility) or kind in PARENTS
