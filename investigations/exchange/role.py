"""Files of the offices that people held."""

from collections import Counter, defaultdict
from typing import Any

from import_export.fields import Field  # type: ignore[import-untyped]

from investigations import dates
from investigations.exchange.base import DeskResource, Record, text
from investigations.exchange.sheet import as_text, quoted
from investigations.exchange.widgets import Named, When, YesNo
from investigations.models import Organization, Person, Role


class RoleResource(DeskResource):
    """Roles, by the person's short name, the beginning and the title: an office may be held twice."""

    related = ("person", "organization")
    made = ()

    person = Field(attribute="person", column_name="person", widget=Named(Person))
    title = text("title", "title")
    organization = Field(attribute="organization", column_name="organization", widget=Named(Organization))
    since = Field(attribute="since", column_name="from", widget=When())
    until = Field(attribute="until", column_name="to", widget=When())
    in_office = Field(attribute="in_office", column_name="in office at publication", widget=YesNo())

    class Meta:
        model = Role
        fields = ("person", "title", "organization", "since", "until", "in_office")
        import_id_fields = ("person", "since", "title")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first: dict[tuple[str, ...], int] = {}

    def key_of(self, cells: dict[str, Any]) -> tuple[str, ...]:
        """The natural key of a row; a role may have no beginning, and one day may be written in several ways."""
        person, since, title = (as_text(cells.get(name)).strip() for name in self.key_names)
        try:
            return (person, _edtf(since), title) if person and title else ()
        except dates.DateNotUnderstood:
            return ()  # said at its column

    def key_in_database(self, instance: Any) -> tuple[str, ...]:
        """A role's natural key."""
        return (instance.person.slug, _edtf(instance.since), instance.title)

    def load(self, records: list[Record]) -> None:
        """Look up a batch's roles; an office that the person holds once, there and in the file, may begin anew."""
        self.read_old_names(records)
        super().load(records)
        held, named = defaultdict(list), Counter((person, title) for person, _, title in self.keys_in_file)
        for (person, _, title), role in self.found.items():
            held[person, title].append(role)
        for record in records:
            person, _, title = record.key or ("", "", "")
            if record.key not in self.found and len(held[person, title]) == named[person, title] == 1:
                self.found[record.key] = held[person, title][0]

    def read_old_names(self, records: list[Record]) -> None:
        """Read a short name from before a merger as that of whoever stayed: two rows may now be of one role."""
        self.lookups.prepare(Person, "slug", [record.key[0] for record in records if record.key])
        for record in records:
            if record.key and (person := self.lookups.find(Person, "slug", record.key[0])):
                _, since, title = record.key
                self.keys_in_file.discard(record.key)
                record.key = (person.slug, since, title)
                self.keys_in_file.add(record.key)
                first = self.first.setdefault(record.key, record.number)
                if first != record.number:
                    self.blame(record.rows[0], "title", f"{quoted(title)} stands in {self.unit} {first} already.")

    def existing(self, keys: list[tuple[str, ...]]) -> Any:
        """The roles of the people named."""
        visible = self.lookups.visible(Role).select_related(*self.related)
        return visible.filter(person__slug__in={key[0] for key in keys})


def _edtf(words: str) -> str:
    return dates.parse(words).edtf if words else ""
