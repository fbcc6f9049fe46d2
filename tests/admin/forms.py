"""What a browser would send back from a form that the admin rendered."""

from typing import Any


def posted(response: Any, **changes: Any) -> dict[str, Any]:
    """Every field of the page's form and of its rows as rendered, with these changes."""
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
        for row in inline.formset.forms:
            if accounts := getattr(row, "accounts", None):
                forms += [accounts.management_form, *accounts.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return {**data, **changes}


def sentences(response: Any) -> list[str]:
    """The messages on the page that follows."""
    return [str(message) for message in response.context["messages"]]
