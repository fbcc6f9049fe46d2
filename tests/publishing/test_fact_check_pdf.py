"""The fact-check file as PDF: the same page, every page of it headed, and nothing fetched for it."""

import os
import shutil
import subprocess
import sys

import pytest

from investigations.publishing.fact_check import rendering
from investigations.publishing.fact_check.opening import open_file
from investigations.publishing.refusal import Refused
from investigations.vocabulary import FileFormat, FileVersion
from tests import builders

FULL = FileVersion.FULL


@pytest.fixture
def pdftotext():
    """Reads a PDF's pages back; left out where poppler or Pango is missing, which in CI is a failure."""
    missing = rendering.missing_for_pdf() or ("" if shutil.which("pdftotext") else "pdftotext is not installed")
    if missing and not os.environ.get("CI"):
        pytest.skip(missing)
    assert not missing

    def pages(content):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
        return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]

    return pages


@pytest.fixture
def long_story(investigation, reporter):
    """A story of three pages."""
    body = "\n\n".join(f"The board met for the {n}th time. It [sold pier {n}]{{#p{n}}}." for n in range(1, 13))
    return builders.make_ready_story(investigation=investigation, by=reporter, body=body)


def test_every_page_says_whose_it_is_of_which_words_and_that_it_is_confidential(long_story, reporter, pdftotext):
    file = open_file(long_story, by=reporter, version=FULL, format=FileFormat.PDF, now=builders.NOON)
    content = rendering.pdf(file)
    assert content.startswith(b"%PDF")
    pages = pdftotext(content)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        for said in (
            f"Page {number} of {len(pages)}",
            "Confidential, prepared for counsel",
            "full, for counsel · reporter, March 2, 2026, 7:00 a.m. EST",
            long_story.wording_digest()[:12],
        ):
            assert said in page, (number, said)


def test_it_reads_as_the_page_does(long_story, reporter, pdftotext):
    file = open_file(long_story, by=reporter, version=FULL, format=FileFormat.PDF)
    told = " ".join(pdftotext(rendering.pdf(file)))
    assert "The board met for the 1th time." in told
    for number in (1, 12):
        assert f"sold pier {number}" in told


@pytest.mark.parametrize(
    "asking", ['<img src="file:///etc/hostname" alt="">', '<img src="http://127.0.0.1:9/x.png" alt="">']
)
def test_a_page_that_asks_for_a_file_or_an_address_is_made_into_nothing(asking, pdftotext):
    page = f"<!doctype html><html lang=en><title>x</title><p>words</p>{asking}"
    with pytest.raises(ValueError, match="Error fetching"):
        rendering.as_pdf(page)
    assert rendering.as_pdf(page.replace(asking, ""))


def test_without_weasyprint_pdf_is_refused_with_what_to_install_and_the_page_is_not(story, reporter, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Refused, match=r"install requirements-pdf\.lock"):
        open_file(story, by=reporter, version=FULL, format=FileFormat.PDF)
    assert rendering.html(open_file(story, by=reporter, version=FULL))
