"""Names that are words too, and people who share a name: what isn't reported, and what only warns."""

from pathlib import Path

import pytest

from investigations.spellings import Scanner, protected, scan

NAMES = "Jonas May,Anna Page,Paul White,Carl Burt,Ian May,Will Long,Mark Page,June Hill,Ann Brown,Xenia Ray".split(
    ","
)
SCANNER = Scanner([protected(name, {"name": name}) for name in NAMES])
CASE = Path(__file__).resolve().parent.parent.parent / "fixtures"


def told(text: str, **more: object) -> list[tuple[str, str, bool, str]]:
    return [(hit.ref, hit.what.value, hit.blocks, hit.found) for hit in SCANNER.scan(text, **more)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "In May a page was white.",
            "May Page White Burt",
            "Theresa May, Larry Page and Mary White met Richard Burt",
        ),
        *(
            "I may go; I May",
            "a page of A Page",
            "in May, J. Smith said so",
            "an x-ray",
            "the hill brown with long grass",
        ),
        *("jonas asked. May I?", "Anna’s page", "along the way", "April, May and July"),
    ],
)
def test_ordinary_words_and_other_people_are_not_reported(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["mark page 3", "he will long remember", "June, Hill and so on", "Will long delays end?"]
)
def test_a_full_name_that_reads_as_ordinary_words_warns(text):
    assert [blocks for _, _, blocks, _ in told(text)] == [False]


@pytest.mark.parametrize(
    "text", ["Mark Page", "Will Long", "Jonas May", "jonas may", "jonas-may", "May, Jonas", "J. May", "X. Ray"]
)
def test_a_full_name_of_ordinary_words_blocks_where_it_reads_as_a_name(text):
    assert any(blocks for _, _, blocks, _ in told(text))


@pytest.mark.parametrize("path", sorted(CASE.glob("*.yaml")), ids=lambda path: path.name)
def test_the_demonstration_names_many_people_and_none_of_these(path):
    assert not any(blocks for _, _, blocks, _ in told(path.read_text()))


# People whom the text names with good reason.

SOURCES = Scanner([protected("zoe", {"name": "Zoe Nandu", "contact": "nandu@example.org"})])


def found(text: str, *named: str) -> list[tuple[str, bool]]:
    return [(hit.found, hit.blocks) for hit in SOURCES.scan(text, named=named)]


def test_a_surname_within_the_name_of_somebody_else_is_not_reported():
    assert found("Theresa Nandu spoke.") == [("Nandu", False)]
    assert found("Theresa Nandu spoke.", "Theresa Nandu") == []


@pytest.mark.parametrize("text", ["Nandu, Theresa", "Theresa Q. Nandu", "<b>Ther</b>esa Nandu’s", "THERESA NANDU"])
def test_somebody_else_may_be_spelled_in_any_way(text):
    assert found(text, "Theresa Nandu") == []


def test_the_surname_elsewhere_still_warns():
    assert found("Theresa Nandu came. Nandu spoke.", "Theresa Nandu") == [("Nandu", False)]


def test_a_named_person_of_the_same_name_hides_nothing():
    assert found("Zoe Nandu spoke.", "Zoë Nandu") == [("Zoe Nandu", True)]


def test_a_source_beside_a_named_person_is_reported():
    assert found("Theresa and Zoe Nandu", "Theresa Nandu") == [("Zoe Nandu", True)]


def test_a_contact_within_the_name_of_somebody_else_is_reported():
    handle = [protected("zoe", {"name": "Zoe Okoro", "contact": "@nandu"})]
    assert [hit.what.value for hit in scan("Theresa @nandu", handle, named=["Theresa Nandu"])] == ["handle"]


def test_a_source_whose_middle_name_is_the_first_of_somebody_else_is_reported():
    maria = [protected("m", {"name": "Maria Nandu"})]
    assert scan("Theresa Maria Nandu", maria, named=["Theresa Maria Nandu"]) == []
    assert [hit.blocks for hit in scan("Maria Nandu", maria, named=["Theresa Maria Nandu"])] == [True]
