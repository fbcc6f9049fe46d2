"""Lists of any length: counted up to a limit, and paged by their keys."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models.sql.where import WhereNode
from django.http import HttpRequest
from django.utils.functional import cached_property

from investigations.models.fields import FuzzyDateField

COUNTED = 1000
"""How many rows of a list are counted; beyond, one is told that there are more."""

NO_PAGE = 10**9
"""A number that no page has: the database isn't asked to skip more rows than it can count."""


class DeskPaginator(Paginator):
    """The pages of a list, whatever its length.

    Three queries: up to 1,001 keys in any order, which are the count; the page's keys, out of these if they are all;
    and the page's rows by their keys alone. So what is rare is looked for once, and nothing but keys is sorted or
    skipped. A page beyond the counted rows is there if it holds a row.
    """

    object_list: Any
    following = False
    """Whether a row follows the page that was asked for last."""

    @cached_property
    def keys(self) -> list[Any]:
        """The keys of the rows that are counted, and of one more if there is one, in any order."""
        return list(self.object_list.order_by().values_list("pk", flat=True)[: COUNTED + 1])

    @cached_property
    def count(self) -> int:
        """How many rows there are; COUNTED + 1 stands for any number of them beyond."""
        return len(self.keys)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.count > COUNTED

    @property
    def counted(self) -> str:
        """The count as the list says it."""
        return f"over {COUNTED:,}" if self.is_capped else str(self.count)

    @cached_property
    def num_pages(self) -> int:
        """How many pages the counted rows fill."""
        return max(1, -(-min(self.count, COUNTED) // self.per_page))

    def validate_number(self, number: Any) -> int:
        """The page's number. Raises InvalidPage for none, and for one behind the last row if that is counted."""
        if self.is_capped and str(number).isdecimal() and 0 < int(number) < NO_PAGE:
            return int(number)
        return super().validate_number(number)

    def page(self, number: Any) -> Page:
        """A page. Raises InvalidPage for one that isn't there."""
        number = self.validate_number(number)
        begin, end = (number - 1) * self.per_page, number * self.per_page
        rows = self.object_list if self.is_capped else self.of(self.keys)
        keys = list(rows.values_list("pk", flat=True)[begin : end + 1])
        if number > 1 and not keys:
            raise EmptyPage("That page contains no results.")
        self.following = len(keys) > self.per_page
        found = {row.pk: row for row in self.of(keys[: self.per_page]).order_by()}
        return self._get_page([found[key] for key in keys if key in found], number, self)

    def of(self, keys: list[Any]) -> Any:
        """The list's rows of these keys, which have passed its filters.

        Asked again, a filter would lead SQLite to every row that it leaves, to look for these among them.
        """
        rows = self.object_list.all()
        rows.query.where = WhereNode()
        return rows.filter(pk__in=keys)

    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return DeskPage(*args, **kwargs)

    def get_elided_page_range(self, number: Any = 1, **kwargs: Any) -> Any:
        """The pages to go to: those of the counted rows, and beyond them the ones around this page."""
        counted = self.num_pages
        yield from super().get_elided_page_range(min(number, counted), **kwargs)
        if number >= counted and self.is_capped:
            if number > counted + 2:
                yield self.ELLIPSIS
            yield from range(max(number - 1, counted + 1), number + 1 + self.following)
        if self.is_capped and (self.following or number < counted):
            yield self.ELLIPSIS


class DeskPage(Page):
    """A page that knows whether a row follows it."""

    paginator: DeskPaginator

    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.paginator.following


class DeskChangeList(ChangeList):
    """A list of the desk."""

    def get_results(self, request: HttpRequest) -> None:
        """The page's rows, by the keys that were read to count them."""
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list

    @cached_property
    def around_key(self) -> tuple[str, str]:
        """What stands before and behind a row's key in the address of its form: looked up once, not once a row."""
        begin, _, end = super().url_for_result(self.model(pk=0)).rpartition("/0/")
        return f"{begin}/", f"/{end}"

    def url_for_result(self, result: Any) -> str:
        """The address of a row's form."""
        if not isinstance(result.pk, int):
            return super().url_for_result(result)
        begin, end = self.around_key
        return f"{begin}{result.pk}{end}"

    def get_ordering_field(self, field_name: Any) -> Any:
        """What a column is sorted by: a date by when it was, not by the first letter of its words."""
        found = super().get_ordering_field(field_name)
        try:
            is_date = isinstance(found, str) and isinstance(self.lookup_opts.get_field(found), FuzzyDateField)
        except FieldDoesNotExist:
            is_date = False
        return f"{found}_earliest" if is_date else found
