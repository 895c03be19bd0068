"""Addresses that a learner has answered before."""

from __future__ import annotations

from collections.abc import Mapping

from tensordrill.bank.task import task_hash
from tensordrill.bank.variant import Variant
from tensordrill.drill.folder import data_folder
from tensordrill.drill.store import answered
from tensordrill.errors import StoreError


def answered_otherwise(variant: Variant, environ: Mapping[str, str]) -> str | None:
    """Return when the learner answered this address last, if its question was another task then.

    Returns None where it never was answered, or by a version that did not keep the task.
    """
    addresses = {f"{id}@{variant.seed}" for id in variant.entry.ids}
    try:
        reviews = answered(data_folder(environ), variant.entry.ids)
    except StoreError:
        return None
    last = next((review for review in reviews if review.address in addresses), None)
    if last is None or last.task in ("", task_hash(variant.entry)):
        return None
    return last.at
