"""Nothing escapes the canary test: each field of text is planted or said to be harmless, each address is asked."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models

from investigations.record.models import INBOX
from tests.addresses import Address
from tests.canary.collector import Collector
from tests.canary.tokens import EVERYWHERE, OTHERS, TOKENS
from tests.canary.walks import NOUNS, unreached
from tests.visitors import ROLES

WORDY = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def holds_text(field: models.Field) -> bool:
    """Whether a field may hold words that somebody typed: not one whose values are a list of ours."""
    return isinstance(field, WORDY) and not field.choices


def fields() -> Iterator[tuple[str, str]]:
    """Each field that holds text, as model and name. The record's are public: the walk searches its tables.

    What readers report is not.
    """
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "record" or model in INBOX:
            yield from ((model.__name__, field.name) for field in model._meta.local_fields if holds_text(field))


def unlisted(found: list[tuple[str, str]]) -> set[str]:
    """The fields that are in no table of tests/canary/tokens.py."""
    listed = {token.field for token in TOKENS} | OTHERS.keys()
    everywhere = EVERYWHERE.keys() | {f"{name}_edtf" for name in EVERYWHERE}
    return {f"{model}.{name}" for model, name in found if name not in everywhere and f"{model}.{name}" not in listed}


def test_every_field_that_holds_text_is_planted_or_said_to_be_harmless():
    assert unlisted(list(fields())) == set()


def test_no_line_is_about_a_field_that_is_gone_and_none_is_both():
    there = {f"{model}.{name}" for model, name in fields()}
    planted = {token.field for token in TOKENS if not token.field.startswith("SourceIdentity.")}
    assert planted <= there
    assert OTHERS.keys() <= there
    assert planted & OTHERS.keys() == set()
    assert all(len(reason) > 7 for reason in OTHERS.values())


@pytest.mark.parametrize("field", [("Source", "nickname"), ("Tip", "words"), ("SourceIdentity", "name_in_clear")])
def test_a_field_that_nobody_thought_of_is_told(field):
    assert unlisted([*fields(), field]) == {".".join(field)}


def test_an_address_that_nobody_asked_is_told():
    every = [Address("/tips/", "tips/", "public", "", "tips"), Address("/", "front", "public", "", "front")]
    assert unreached({("GET", "front"), ("POST", "front"), ("GET", "tips/")}, every) == {"POST tips/"}


def test_every_screen_is_walked():
    assert {model._meta.model_name for model in admin.site._registry} == set(NOUNS)
    assert len(ROLES) >= 8


def test_every_table_is_searched(db):
    collector = Collector()
    collector.tables("owner", "a query")
    searched = {kind.removeprefix("table ") for kind in collector.kinds}
    assert searched >= {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert searched == set(connection.introspection.table_names())
