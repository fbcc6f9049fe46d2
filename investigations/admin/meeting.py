"""Meetings, who was there, and accounts of the role in which."""

from django.contrib import admin

from investigations.admin.base import DeskAdmin, DeskStacked, DeskTabular
from investigations.models import Attendance, Meeting, MeetingClass, RoleAccount


class AttendanceInline(DeskTabular):
    """A row for each person, or for a number of people nobody named."""

    model = Attendance
    extra = 1
    fields = [
        "position",
        "person",
        "descriptor",
        "headcount",
        "presence",
        "role_as_of",
        "role_in_dispute",
        "role_note",
    ]
    autocomplete_fields = ["person"]

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        """A row entered by mistake may go: readers have it in the record."""
        return True


class AccountInline(DeskStacked):
    """Claims about the role in which somebody was there."""

    model = RoleAccount
    fields = ["person", "stance", "wording", "quote", "source", "position"]
    autocomplete_fields = ["person", "quote", "source"]


@admin.register(Meeting)
class MeetingAdmin(DeskAdmin):
    """What took place, when, and who was there."""

    list_display = ["title", "when", "kind", "place", "source"]
    list_filter = [
        "kind",
        "established",
        "investigation",
        ("source", admin.EmptyFieldListFilter),
        "attendances__role_in_dispute",
    ]
    list_select_related = ["source"]
    search_fields = ["title", "place", "description", "attendances__person__name"]
    autocomplete_fields = ["investigation", "source"]
    fieldsets = [
        (None, {"fields": ["investigation", "when", "title", "kind", "place"]}),
        ("How we know", {"fields": ["established", "source", "locator"]}),
        ("More", {"fields": ["description", "slug"], "classes": ["collapse"]}),
    ]
    inlines = [AttendanceInline, AccountInline]


@admin.register(MeetingClass)
class MeetingClassAdmin(DeskAdmin):
    """Meetings that accounts speak of as one."""

    list_display = ["label", "investigation"]
    list_select_related = ["investigation"]
    search_fields = ["label"]
    autocomplete_fields = ["investigation", "meetings"]
    fieldsets = [
        (None, {"fields": ["investigation", "label", "meetings"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]
    inlines = [AccountInline]
