"""The time of a scan grows with the text, however the text is made."""

import time

import pytest

from investigations.spellings import Scanner, protected

SCANNER = Scanner([protected("z", {"name": "Zoë Maria Nandu", "contact": "zoenandu@example.org\n+49 (0)30 1234567"})])
SIZES = 250_000, 1_000_000
BOUND = 4 * 2.5
"""Four times the text may take ten times as long: squared growth would take sixteen."""


def seconds(text: str) -> float:
    before = time.process_time()
    SCANNER.scan(text)
    return time.process_time() - before


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<!--",
        "<!-- -",
        "](",
        "]{",
        "\u0301",
        "%25",
        "&",
        "&#",
        "\\",
        "1 ",
        "1",
        "A ",
        "a-<b>",
        "zoe ",
        "nan-\n",
    ],
)
def test_a_megabyte_of_one_sign_takes_no_worse_than_four_times_a_quarter(piece):
    small, large = (seconds((piece * size)[:size]) for size in SIZES)
    assert large < BOUND * small


@pytest.mark.parametrize("gap", ["-" + "<b>", "-" + "\n", "*", ".", ". ", "'"])
def test_a_megabyte_within_a_name_takes_no_worse_than_four_times_a_quarter(gap):
    small, large = (seconds("zoe nan" + (gap * size)[:size] + "!du") for size in SIZES)
    assert large < BOUND * small
