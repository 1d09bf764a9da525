"""Lays the chain over the audit lines in small batches, and checks it."""

from __future__ import annotations

from coregroup.access import chain
from coregroup.access.chain import Fault

ROUNDS = 500  # of one batch each: a long backlog is laid over several runs


def lay_all() -> int:
    """Lays links over everything that waits, a batch at a time to let writers in between; gives how many."""
    laid = 0
    for _round in range(ROUNDS):
        count = chain.lay()
        laid += count
        if count < chain.BATCH:
            break
    return laid


def verify() -> list[Fault]:
    """Every place where the audit does not hold; empty where all is well."""
    return list(chain.verify())
