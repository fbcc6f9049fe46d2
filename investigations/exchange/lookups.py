"""Rows found by their natural keys: once an import, and never one that the person may not see."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from investigations.models.merger import Mergeable, Merger
from investigations.tables.cells import batches


class Lookups:
    """What an import has looked up so far. A hidden row and one that isn't there are the same here: absent."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._known: dict[tuple[type[models.Model], str], dict[str, list[Any]]] = {}
        self._failed: set[tuple[type[models.Model], str]] = set()

    def visible(self, model: Any) -> Any:
        """The rows of a model that the person may see; none for nobody."""
        if self.user is None:
            return model._default_manager.none()
        return model._default_manager.visible_to(self.user)

    def prepare(self, model: Any, by: str, keys: Iterable[str], related: tuple[str, ...] = ()) -> None:
        """Look up all these keys that are not known yet, many in a query, with what they name themselves.

        The old short name of a row that was merged finds the one that stayed.
        """
        known = self._known.setdefault((model, by), {})
        for batch in batches(key for key in dict.fromkeys(keys) if key and key not in known):
            known.update((key, []) for key in batch)
            for row in self.visible(model).filter(**{f"{by}__in": batch}).select_related(*related):
                known[getattr(row, by)].append(row)
            missing = [key for key in batch if not known[key]]
            known.update((slug, [merger.kept]) for slug, merger in self.merged(model, missing, related).items())

    def merged(self, model: Any, slugs: Iterable[str], related: tuple[str, ...] = ()) -> dict[str, Merger]:
        """The redirects from these short names; none for a noun that is never merged."""
        wanted = list(slugs)
        if not (wanted and issubclass(model, Mergeable)):
            return {}
        with_related = [f"{model._meta.model_name}__{name}" for name in related]
        mergers = self.visible(Merger).of(model).filter(slug__in=wanted).select_related(*with_related)
        return {merger.slug: merger for merger in mergers}

    def find(self, model: Any, by: str, key: str) -> Any:
        """The row of that key, or None: for a noun of which the whole newsroom has one of each key."""
        return next(iter(self.find_all(model, by, key)), None)

    def find_all(self, model: Any, by: str, key: str) -> list[Any]:
        """The rows of that key, at most one an investigation."""
        if key not in self._known.setdefault((model, by), {}):
            self.prepare(model, by, [key])
        return self._known[model, by][key]

    def add(self, model: Any, by: str, key: str, row: Any) -> None:
        """Keep a row that this import has made or changed, for rows that refer to it."""
        known = self._known.setdefault((model, by), {})
        known[key] = [*(one for one in known.get(key, []) if one.pk != row.pk), row]

    def fail(self, model: Any, key: str) -> None:
        """Keep that the file's row of this key has an error."""
        self._failed.add((model, key))

    def failed(self, model: Any, key: str) -> bool:
        """Whether the file's row of this key has an error."""
        return (model, key) in self._failed
