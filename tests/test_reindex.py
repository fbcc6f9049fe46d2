"""The command that makes the desk's search anew, and says what of it is wrong."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from investigations.models import DeskText
from tests import builders


def said(*args):
    out = StringIO()
    call_command("reindex", *args, stdout=out)
    return out.getvalue()


def test_it_writes_what_is_missing_and_a_check_finds_what_is_wrong(investigation):
    meeting = builders.make_meeting(investigation=investigation)
    assert said("--check") == "The desk's search holds.\n"
    DeskText.objects.filter(kind="meeting").delete()
    with pytest.raises(CommandError, match=f"First: meeting {meeting.pk} is not found by what it says. 1 in all."):
        said("--check")
    assert not DeskText.objects.filter(kind="meeting").exists()
    assert "1 were not found by what they say." in said()
    assert said("--check") == "The desk's search holds.\n"
