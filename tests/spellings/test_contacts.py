"""E-mail addresses, telephone numbers, handles and streets: read from free text, found in any."""

import pytest

from investigations.spellings import protected, scan

CONTACT = """zoe.nandu@example.org
+49 (0)30 1234567
Signal: night_owl77
@gardener
12 Harbor Lane, Springfield 99999"""
ZOE = protected(
    "zoe", {"name": "Zoe Nandu", "contact": CONTACT, "notes": "Met 2016-08-01; cell 212-555-0100, a@b.org"}
)


def told(text: str, one: object = ZOE) -> list[tuple[str, bool, str]]:
    return [(hit.what.value, hit.blocks, hit.found) for hit in scan(text, [one])]  # type: ignore[list-item]


def test_an_identity_is_read():
    assert ZOE.names == ("Zoe Nandu",)
    assert ZOE.emails == ("zoe.nandu@example.org", "a@b.org")
    assert ZOE.phones == ("+49 (0)30 1234567", "212-555-0100")
    assert set(ZOE.handles) == {"night_owl77", "gardener"}
    assert ZOE.addresses == ("12 Harbor Lane",)


@pytest.mark.parametrize(
    ("field", "text", "name", "found"),
    [
        ("aliases", "Ada Fenn\nthe_owl\n@owl", "names", ("Zoe Nandu", "Ada Fenn")),
        ("aliases", "Ada Fenn\nthe_owl\n@owl", "handles", ("the_owl", "@owl")),
        ("contact", "nightowl77", "handles", ("nightowl77",)),
        ("contact", "https://t.me/nightowl, work only", "handles", ("nightowl",)),
        ("contact", "call 030/1234567, not after 22:00", "phones", ("030/1234567",)),
        ("contact", "since 2016-08-01", "phones", ()),
        ("contact", "Am Hafen 12a, Hamburg", "addresses", ("Am Hafen 12a",)),
        ("notes", "case 20160801123, file 555 1234", "phones", ()),
        ("notes", "says +1 212 555 0100", "phones", ("+1 212 555 0100",)),
        ("notes", "Ada Fenn of Harbor Lane 12 knows @owl", "handles", ()),
        ("employer", "Nobody Ltd., press@nobody.example", "emails", ("press@nobody.example",)),
    ],
)
def test_each_field_is_read_for_what_it_may_hold(field, text, name, found):
    assert getattr(protected("z", {"name": "Zoe Nandu", field: text}), name) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "zoe.nandu@example.org",
            "ZOE.NANDU@EXAMPLE.ORG",
            "mailto:zoe.nandu%40example.org",
            "zoe.nandu&#64;example.org",
        ),
        *("zoe.nandu [at] example.org", "zoe.nandu(at)example(dot)org", "zoe dot nandu at example dot org"),
        *(
            "zoe.nandu at example.org",
            "zoe.nandu＠example．org",
            "zoe.<b>nandu</b>@exam<wbr>ple.org",
            "zоe.nandu@example.org",
        ),
    ],
)
def test_an_email_address_blocks_however_it_is_spelled(text):
    assert ("e-mail", True) in [(what, blocks) for what, blocks, _ in told(text)]


@pytest.mark.parametrize("text", ["zoe.nandu@elsewhere.org", "zoenandu", "github.com/zoenandu"])
def test_its_local_part_blocks_as_a_handle_or_a_name(text):
    assert {blocks for _, blocks, _ in told(text)} == {True}


@pytest.mark.parametrize(
    ("local", "text", "blocks"),
    [
        ("nightowl77", "asked NightOwl77", True),
        ("truthteller", "asked truthteller", True),
        ("znandu", "asked znandu", True),
        ("sculptor", "asked a sculptor", False),
        ("sculptor", "asked sculptor@elsewhere.org", True),
        ("sculptor", "asked sculptor [at] elsewhere", True),
        ("painter", "asked painter@elsewhere.org", False),
        ("info", "info@elsewhere.org", False),
        ("press.office", "the press office", False),
        ("nandu", "the nandu bird", False),
        ("an.other", "another", False),
        ("an.other", "an.other@elsewhere.org", True),
    ],
)
def test_a_local_part_alone_blocks_if_it_is_distinctive(local, text, blocks):
    one = protected("z", {"name": "Zoe Nandu", "contact": f"{local}@example.org"})
    assert any(hit.blocks for hit in scan(text, [one])) is blocks


@pytest.mark.parametrize(
    "text", ["@night_owl77", "night_owl77", "NightOwl77", "nightowl77", "night<b>_owl</b>77", "@gardener"]
)
def test_a_handle_blocks_with_and_without_its_sign(text):
    assert [(what, blocks) for what, blocks, _ in told(text)] == [("handle", True)]


@pytest.mark.parametrize("text", ["a night owl 77 years old", "nightowl777", "nightowl", "MyNightOwl77"])
def test_a_handle_within_other_words_is_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("+49 30 1234567", "+49 (0)30 1234567", "0049301234567", "030 1234567", "030/123 45 67", "(030) 123-45-67"),
        *(
            "030.1234567",
            "+49-30-1234567",
            "4930 1234567",
            "1234567",
            "123 4567",
            "tel:+49301234567",
            "%2B49%2030%201234567",
        ),
        *(
            "０３０ １２３４５６７",
            "030\u00a0123\u200b4567",
            "030 <b>123</b>4567",
            "030–1234567",
            "in 2016 030 1234567 or not",
        ),
        *(
            "from 030 1234567 in 2016",
            "+49 (30) 1234567.",
            "٠٣٠١٢٣٤٥٦٧",
            "\\u0030301234567",
            "call 030&nbsp;1234567!",
        ),
    ],
)
def test_a_telephone_number_blocks_however_it_is_written(text):
    assert [(what, blocks) for what, blocks, _ in told(text)] == [("phone", True)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ISBN 978-3-1234567-0",
            "978-0301234567",
            "9780301234567",
            "ISBN 978-0-301-23456-7",
            "99991234567",
            "12345678",
        ),
        *("234567", "030 1234568", "a1234567", "1234567b", "+44 301234567", "2016-08-01", "030 123456", "1234567.5"),
    ],
)
def test_other_numbers_are_none(text):
    assert told(text) == []


@pytest.mark.parametrize("text", ["together", "to get her", "to-get-her", "look at together", "toatgether"])
def test_words_that_read_like_an_address_without_its_sign_are_none(text):
    assert told(text, protected("z", {"name": "Zoe Nandu", "contact": "to@get.her\n@an_other"})) == []


@pytest.mark.parametrize(("text", "hits"), [("another", 0), ("an_other", 1), ("AnOther", 1), ("@another", 1)])
def test_a_short_handle_run_together_needs_its_sign(text, hits):
    assert len(told(text, protected("z", {"name": "Zoe Nandu", "contact": "@an_other"}))) == hits


def test_the_number_of_a_book_is_no_telephone_number_with_a_country():
    assert told("ISBN 9781234567890", protected("z", {"name": "Zoe Nandu", "contact": "081234567890"})) == []


@pytest.mark.parametrize(("text", "hits"), [("the owner", 0), ("@owner", 1), ("the pic", 0), ("@pic", 1)])
def test_a_handle_that_is_short_or_a_word_needs_its_sign(text, hits):
    assert len(told(text, protected("z", {"name": "Zoe Nandu", "contact": "@owner\n@pic"}))) == hits


@pytest.mark.parametrize("text", ["212 555 0100", "(212) 555-0100", "1-212-555-0100", "+1.212.555.0100", "555-0100"])
def test_a_number_without_the_code_of_its_country_is_found_with_it(text):
    assert [what for what, _, _ in told(text)] == ["phone"]


@pytest.mark.parametrize("text", ["12 Harbor Lane", "12, harbor lane", "12 HARBOR<br>LANE"])
def test_a_street_with_its_number_blocks(text):
    assert [(what, blocks) for what, blocks, _ in told(text)] == [("address", True)]


@pytest.mark.parametrize("text", ["Harbor Lane", "112 Harbor Lane", "Springfield 99999"])
def test_half_an_address_is_none(text):
    assert told(text) == []
