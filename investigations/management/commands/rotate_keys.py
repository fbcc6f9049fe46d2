"""Bring everything in the vault under the newest key."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from investigations.models import SourceIdentity
from investigations.models.source_identity import vault
from investigations.vault import Damaged, Sealed


class Command(BaseCommand):
    """Seal each identity anew under the first of NEWSROOM_VAULT_KEYS; what is under it already is left alone."""

    help = (
        "Re-encrypt the vault under the first key of NEWSROOM_VAULT_KEYS. It may be stopped at any moment and run"
        " again: a row is under the old key or the new, never in between. When it ends well, the old key can go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for rows that no key opens; all others are done nevertheless."""
        keys = list(SourceIdentity.objects.order_by("pk").values_list("pk", flat=True))
        lost: list[str] = []
        done = 0
        for key in tqdm(keys, desc="Identities", unit=" rows", disable=not sys.stderr.isatty()):
            try:
                done += rotate(key)
            except (Sealed, Damaged) as error:
                lost.append(f"{SourceIdentity.objects.get(pk=key).source}: {error}")
        if lost:
            raise CommandError(
                f"{len(lost)} of {len(keys)} identities could not be opened; keep the old keys.\n" + "\n".join(lost)
            )
        self.stdout.write(f"{done} of {len(keys)} identities sealed anew; all are under the first key.")


@transaction.atomic
def rotate(pk: int) -> bool:
    """Seal one identity under the first key; returns whether it was under another. Raises Sealed and Damaged."""
    row = SourceIdentity.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    opened = vault()
    if opened.under_primary(row.token):
        return False
    SourceIdentity.objects.filter(pk=pk).update(token=opened.rotate(row.token, row.source.public_key))
    return True
