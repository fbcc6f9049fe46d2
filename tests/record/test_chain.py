"""The site's one chain: every change of what was written is found, and withholding breaks nothing."""

from datetime import timedelta

import pytest
from django.db.models import F

from investigations.publishing.ledger import append_withholding
from investigations.record import chain, digests
from investigations.record.models import Edition, Part, Withholding
from tests import builders
from tests.record.ledger import part_of, take_guards_away


@pytest.fixture
def three(db):
    """Three editions of three works, guards out of the way."""
    editions = [builders.append_plain_edition(f"story:{n}", f"Headline {n}") for n in (1, 2, 3)]
    take_guards_away()
    return editions


def first_fault() -> chain.Fault:
    """The first fault that verifying finds."""
    faults = chain.verify()
    assert faults
    return faults[0]


def test_the_chain_of_an_empty_record_holds(db):
    assert chain.verify() == []
    assert chain.head() == chain.Head(0, digests.GENESIS)


def test_the_chain_holds_as_it_was_written(ledger):
    assert chain.verify() == []
    assert [link.position for link in chain.links()] == [1, 2, 3]
    assert [type(link) for link in chain.links()] == [Edition, Edition, Withholding]


def test_each_link_names_the_digest_of_the_link_before(ledger):
    links = list(chain.links())
    assert [link.previous for link in links] == [digests.GENESIS, links[0].digest, links[1].digest]
    assert chain.head() == chain.Head(3, links[2].digest)


def test_every_part_has_a_salt_of_its_own(ledger):
    salts = {bytes(salt) for salt in Part.objects.values_list("salt", flat=True)}
    assert len(salts) == Part.objects.count()


# One byte.


@pytest.mark.parametrize("kind", Part.Kind.values)
def test_one_letter_changed_in_any_kind_of_part_is_found(ledger, kind):
    take_guards_away()
    part = Part.objects.filter(kind=kind).latest("pk")
    Part.objects.filter(pk=part.pk).update(content=part.content.replace("board", "Board"))
    found = first_fault()
    assert found.row.startswith(f"record_part {part.pk} ")
    assert found.problem == "its content is not what was committed to"


def test_one_bit_changed_in_a_salt_is_found(three):
    part = part_of(three[1], "block")
    Part.objects.filter(pk=part.pk).update(salt=bytes([part.salt[0] ^ 1, *part.salt[1:]]))
    assert first_fault().row.startswith(f"record_part {part.pk} ")


@pytest.mark.parametrize(("field", "value"), [("key", "b2"), ("kind", "note"), ("commitment", "0" * 64)])
def test_a_changed_key_kind_or_commitment_of_a_part_is_found(three, field, value):
    part = part_of(three[1], "block")
    Part.objects.filter(pk=part.pk).update(**{field: value})
    assert first_fault().row.startswith(f"record_part {part.pk} ")


def test_a_part_changed_with_a_commitment_to_match_is_found(three):
    part = part_of(three[1], "block")
    made = digests.commitment(kind=part.kind, key=part.key, content="{}", salt=bytes(part.salt))
    Part.objects.filter(pk=part.pk).update(content="{}", commitment=made)
    found = first_fault()
    assert found.row.startswith(f"record_edition {three[1].pk} ")
    assert found.problem == "its digest is not that of what it holds"


def test_an_edition_changed_with_a_digest_to_match_breaks_the_link_behind_it(three):
    edition = three[1]
    edition.work = "story:forged"
    forged = [[part.kind, part.key, part.commitment] for part in edition.parts.order_by("order")]
    digest = digests.digest("edition", edition.facts(forged), edition.previous)
    Edition.objects.filter(pk=edition.pk).update(work=edition.work, digest=digest)
    found = first_fault()
    assert found.row.startswith(f"record_edition {three[2].pk} ")
    assert found.problem == "does not follow the link before it"


@pytest.mark.parametrize(
    "changed",
    [
        {"work": "story:x"},
        {"number": 2, "change": "update"},
        {"published_at": F("recorded_at") + timedelta(microseconds=1)},
        {"recorded_at": F("recorded_at") + timedelta(microseconds=1)},
        {"schema": 99},
        {"digest": "a" * 64},
        {"previous": "a" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_fact_of_an_edition_is_found(three, changed):
    Edition.objects.filter(pk=three[1].pk).update(**changed)
    assert first_fault().row.startswith(f"record_edition {three[1].pk} ")


def test_a_changed_kind_of_change_is_found(ledger):
    take_guards_away()
    Edition.objects.filter(number=2).update(change="minor")
    assert first_fault().row.startswith(f"record_edition {ledger[1].pk} ")


@pytest.mark.parametrize("field", ["state", "authority", "at", "part"])
def test_a_changed_fact_of_a_withholding_is_found(ledger, field):
    take_guards_away()
    act = ledger[2]
    value = {
        "state": "restored",
        "authority": "Nobody",
        "at": act.at + timedelta(1),
        "part": part_of(ledger[0], "header"),
    }
    Withholding.objects.filter(pk=act.pk).update(**{field: value[field]})
    assert first_fault().row.startswith(f"record_withholding {act.pk} ")


# Whole rows.


def test_parts_in_another_order_are_found(three):
    first, _ = three[1].parts.order_by("order")
    Part.objects.filter(pk=first.pk).update(order=7)
    assert first_fault().row.startswith(f"record_edition {three[1].pk} ")


def test_a_deleted_part_is_found(three):
    part_of(three[1], "block").delete()
    assert first_fault().row.startswith(f"record_edition {three[1].pk} ")


def test_an_added_part_is_found_though_no_guard_refuses_it(edition):
    part = part_of(edition, "block")
    Part.objects.create(
        edition=edition, order=900, kind="block", key="b9", content=part.content, salt=part.salt, commitment="0" * 64
    )
    assert [fault.row.split()[0] for fault in chain.verify()] == ["record_part", "record_edition"]


def test_a_deleted_edition_in_the_middle_is_found(three):
    three[1].parts.all().delete()
    Edition.objects.filter(pk=three[1].pk).delete()
    found = first_fault()
    assert found.row.startswith(f"record_edition {three[2].pk} ")
    assert found.problem == "stands in place 3 of the chain; place 2 is missing"


def test_a_deleted_edition_with_the_places_moved_up_is_found(three):
    three[1].parts.all().delete()
    Edition.objects.filter(pk=three[1].pk).delete()
    Edition.objects.filter(pk=three[2].pk).update(position=2)
    assert first_fault().problem == "does not follow the link before it"


def test_the_first_edition_deleted_is_found(three):
    three[0].parts.all().delete()
    Edition.objects.filter(pk=three[0].pk).delete()
    assert first_fault().row.startswith(f"record_edition {three[1].pk} ")


def test_a_withholding_deleted_from_the_middle_is_found(ledger):
    builders.append_plain_edition("story:later")
    take_guards_away()
    Withholding.objects.all().delete()
    assert first_fault().problem == "stands in place 4 of the chain; place 3 is missing"


def test_a_cut_tail_is_found_only_by_a_head_that_was_kept(three):
    kept = chain.head().digest
    three[2].parts.all().delete()
    Edition.objects.filter(pk=three[2].pk).delete()
    assert chain.verify() == []
    (found,) = chain.verify(known_head=kept)
    assert (found.row, kept in found.problem) == ("the chain's end", True)


def test_a_head_from_the_past_is_still_in_the_chain(three):
    for kept in (digests.GENESIS, *(edition.digest for edition in three)):
        assert chain.verify(known_head=kept) == []


def test_a_digest_that_was_never_the_head_is_not_in_the_chain(three):
    assert [fault.row for fault in chain.verify(known_head="a" * 64)] == ["the chain's end"]


def test_the_first_bad_row_is_named_first(three):
    for edition in (three[2], three[1]):
        Part.objects.filter(pk=part_of(edition, "block").pk).update(content="{}")
    faults = chain.verify()
    assert f"record_part {part_of(three[1], 'block').pk} " in faults[0].row
    assert len(faults) == 2


def test_verifying_steps_once_a_link(ledger):
    steps = []
    chain.verify(step=lambda: steps.append(1))
    assert len(steps) == 3


# Destroyed.


def act_upon(part, state):
    """Write an act upon the part, and nothing else."""
    append_withholding(part=part, state=state, authority="Order of the court", at=builders.NOON)


def test_content_that_is_gone_without_an_act_is_bad(three):
    Part.objects.filter(pk=part_of(three[1], "block").pk).update(content=None, salt=None)
    assert first_fault().problem == "its content is gone, and nothing in the record says who destroyed it"


@pytest.mark.parametrize("state", ["hidden", "restored"])
def test_content_that_is_gone_though_only_hidden_or_restored_is_bad(three, state):
    part = part_of(three[1], "block")
    act_upon(part, state)
    Part.objects.filter(pk=part.pk).update(content=None, salt=None)
    assert first_fault().row.startswith(f"record_part {part.pk} ")


def test_content_that_is_gone_by_an_act_is_good(three):
    part = part_of(three[1], "block")
    act_upon(part, "destroyed")
    Part.objects.filter(pk=part.pk).update(content=None, salt=None)
    assert chain.verify() == []


def test_content_that_is_still_there_after_its_destruction_is_bad(three):
    part = part_of(three[1], "block")
    act_upon(part, "destroyed")
    assert first_fault().row.startswith(f"record_part {part.pk} ")


def test_a_destroyed_part_still_guards_its_key_and_commitment(three):
    part = part_of(three[1], "block")
    act_upon(part, "destroyed")
    Part.objects.filter(pk=part.pk).update(content=None, salt=None, key="b7")
    assert first_fault().row.startswith(f"record_edition {three[1].pk} ")


@pytest.mark.parametrize("count", [3, 30])
def test_verifying_asks_as_many_questions_of_few_links_as_of_many(db, count, django_assert_max_num_queries):
    for number in range(count):
        builders.append_plain_edition(f"story:{number}")
    with django_assert_max_num_queries(5):
        assert chain.verify() == []
