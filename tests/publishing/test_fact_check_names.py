"""Whom a fact-check file names: only sources whose identity is open to whoever makes it, and only in full."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from investigations.models import FactCheckFileOpened, IdentityAccess, secrecy
from investigations.publishing.fact_check.opening import open_file
from investigations.publishing.fact_check.rendering import html
from investigations.vocabulary import FileVersion
from tests import builders
from tests.demonstrated import read

FULL = FileVersion.FULL
NAME = "Quentin Hollis"
WHY = "to prepare the defense"


@pytest.fixture
def source(story, reporter):
    """An unnamed source in the vault on which the reporter is named, with a quote that readers get."""
    source = builders.make_source(
        investigation=story.investigation,
        descriptor="an official at the port",
        identity="known",
        reason_for_anonymity="Fears for the pension.",
    )
    secrecy.write_identity(source, {"name": NAME, "contact": "q@port.example"}, by=reporter)
    quote = builders.make_quote(source=source, terms="background", words="They signed at night")
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    source.refresh_from_db()
    return source


def made(story, by, version=FULL, **values):
    file = open_file(story, by=by, version=version, **values)
    return file, read(html(file))


def acts(source, user):
    return list(IdentityAccess.objects.filter(source=source, by=user).order_by("id").values_list("act", flat=True))


def test_a_closed_identity_is_not_named_and_the_source_goes_by_code_name_and_descriptor(source, story, reporter):
    file, page = made(story, reporter)
    assert NAME not in page
    (line,) = file.unnamed
    assert (line.code_name, line.descriptor, line.sentences) == (source.code_name, "an official at the port", (1,))
    assert (line.identity, line.why) == ("In the vault, not opened to reporter", "Fears for the pension.")
    assert "No name out of the vault is in it." in page
    assert "read" not in acts(source, reporter)


def test_an_open_one_is_named_and_its_reading_logged(source, story, reporter):
    secrecy.open_identity(source, by=reporter, reason=WHY)
    file, page = made(story, reporter)
    assert file.names == 1
    assert f"{NAME}. In the vault, open to reporter" in page
    assert "q@port.example" not in page
    assert acts(source, reporter)[-2:] == ["opened", "read"]
    assert FactCheckFileOpened.objects.get().names == 1


def test_it_is_named_on_the_last_page_alone_and_in_no_repr(source, story, reporter):
    secrecy.open_identity(source, by=reporter, reason=WHY)
    file = open_file(story, by=reporter, version=FULL)
    page = html(file)
    assert page.count(NAME) == 1
    assert page.index(NAME) > page.index('class="unnamed"')
    assert NAME not in repr(file)


def test_open_to_one_is_closed_to_another(source, story, reporter, editor):
    secrecy.open_identity(source, by=reporter, reason=WHY)
    assert NAME not in made(story, editor)[1]
    secrecy.name_confidant(source, editor, by=reporter)
    assert NAME not in made(story, editor)[1]


@pytest.mark.parametrize("closing", ["closed", "left", "a quarter of an hour later"])
def test_what_was_open_before_names_nobody(closing, source, story, reporter):
    secrecy.open_identity(source, by=reporter, reason=WHY)
    now = timezone.now()
    if closing == "closed":
        secrecy.close_identity(source, by=reporter)
    elif closing == "left":
        secrecy.leave(source, by=reporter)
    else:
        now += secrecy.OPEN_FOR
    assert NAME not in made(story, reporter, now=max(now, timezone.now()))[1]


def test_without_identities_nobody_is_named_even_while_it_is_open(source, story, reporter):
    secrecy.open_identity(source, by=reporter, reason=WHY)
    file, page = made(story, reporter, FileVersion.WITHOUT, reason=WHY)
    assert (file.unnamed, file.names) == ((), 0)
    for kept in (NAME, source.code_name, "Fears for the pension."):
        assert kept not in page
    assert "They signed at night" in page
    assert acts(source, reporter)[-1] == "opened"


def test_a_reason_opens_it_for_a_quarter_of_an_hour_and_is_logged(source, story, reporter):
    assert NAME in made(story, reporter, reason=WHY)[1]
    assert acts(source, reporter)[-2:] == ["opened", "read"]
    opening = IdentityAccess.objects.filter(source=source, act="opened").first()
    assert (opening.reason, opening.until - opening.at) == (WHY, secrecy.OPEN_FOR)


def test_a_reason_opens_only_sources_of_this_story(source, story, reporter):
    other = builders.make_source_identity(
        source=builders.make_source(investigation=story.investigation, descriptor="a clerk", identity="known"),
        by=reporter,
    ).source
    made(story, reporter, reason=WHY)
    assert secrecy.open_until(source, reporter)
    assert not secrecy.open_until(other, reporter)


def test_whoever_is_named_on_none_opens_none_by_a_reason(source, story, editor):
    with pytest.raises(PermissionDenied, match="named on none"):
        open_file(story, by=editor, version=FULL, reason=WHY)
    assert acts(source, editor) == []
    assert not FactCheckFileOpened.objects.exists()


def test_a_reason_that_says_nothing_is_refused(source, story, reporter):
    with pytest.raises(ValidationError, match="Say why"):
        open_file(story, by=reporter, version=FULL, reason="needed")
    assert not secrecy.open_until(source, reporter)


def test_a_password_on_hold_opens_none_and_the_try_is_logged(source, story, reporter):
    reporter.set_password("set-by-somebody-else")
    reporter.save()
    with pytest.raises(PermissionDenied, match="Your password was set"):
        open_file(story, by=reporter, version=FULL, reason=WHY)
    assert acts(source, reporter)[-1] == "refused"
    assert not FactCheckFileOpened.objects.exists()


@pytest.mark.parametrize("is_open", [True, False])
def test_a_sealed_vault_says_so_in_place_of_the_name(is_open, source, story, reporter, settings):
    if is_open:
        secrecy.open_identity(source, by=reporter, reason=WHY)
    settings.VAULT_KEYS = ()
    file, page = made(story, reporter)
    assert file.unnamed[0].identity == "In the vault, which is sealed"
    assert NAME not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [("known", "Known to an editor, not in the system"), ("not_held", "Not held: only the relay knows")],
)
def test_what_is_not_in_the_vault_says_what_is_held(state, said, story, reporter):
    source = builders.make_source(investigation=story.investigation, descriptor="an official", identity=state)
    builders.make_evidence(passage=story.passages.get(mark="p1"), source=source)
    assert made(story, reporter)[0].unnamed[0].identity == said
