"""Screens whose rows are made by a verb of the newsroom and never changed by a form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from investigations.admin.base import DeskAdmin


class VerbAdmin(DeskAdmin):
    """A screen with an empty form that asks a verb, and rows that are read."""

    said = ""

    def add(self, row: Any, user: Any) -> Any:
        """Make the row as this person. Raises ValidationError."""
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only its verbs change it."""
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form; a right one asks the verb, outside the transaction that the admin would put around it.

        What the leak gate held back is logged, and the log outlives what it held back.
        """
        if request.method == "POST" and self.has_add_permission(request):
            form = self.get_form(request)(request.POST)
            if form.is_valid():
                try:
                    row = self.add(form.save(commit=False), request.user)
                except ValidationError as error:
                    for sentence in error.messages:
                        self.message_user(request, sentence, level="ERROR")
                    return HttpResponseRedirect(request.get_full_path())
                self.log_addition(request, row, [{"added": {}}])
                self.message_user(request, self.said, level="SUCCESS")
                name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(name, args=[row.pk]))
        return super().add_view(request, form_url, extra_context)
