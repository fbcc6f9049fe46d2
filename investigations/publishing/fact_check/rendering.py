"""The file as a page and as PDF: the same page, and nothing is fetched for it from anywhere."""

from pathlib import Path
from typing import Any, NoReturn

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from investigations.publishing.fact_check.parts import FactCheckFile

PAGE = "admin/investigations/story/fact_check_file.html"
STYLES = "newsroom/fact_check.css"
PACKAGE = "PDF needs WeasyPrint, which is not installed here: install requirements-pdf.lock, or print the page."
LIBRARIES = (
    "PDF needs Pango, which is not installed here: on Debian install libpango-1.0-0, libpangoft2-1.0-0 and"
    " libharfbuzz-subset0, or print the page."
)


def html(file: FactCheckFile, *, standalone: bool = False, back: str = "") -> str:
    """The file as a page; standalone, with its styles in it. `back` is the address that it leads back to."""
    styles = _styles() if standalone else ""
    return render_to_string(PAGE, {"file": file, "styles": styles, "back": back})


def pdf(file: FactCheckFile) -> bytes:
    """The file as PDF, of the standalone page. Raises OSError or ImportError where `missing_for_pdf` says so."""
    return as_pdf(html(file, standalone=True))


def as_pdf(page: str) -> bytes:
    """A page as tagged PDF (PDF/UA-1). Raises ValueError for a page that asks for anything beside itself."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Nothing(URLFetcher):
        """Fetches nothing: not from the network, not from a disk."""

        def fetch(self, url: str, headers: Any = None) -> NoReturn:
            raise ValueError("a fact-check file fetches nothing")

    try:
        return bytes(HTML(string=page, url_fetcher=Nothing(fail_on_errors=True)).write_pdf(pdf_variant="pdf/ua-1"))
    except FatalURLFetchingError as error:  # no Exception, which would take the whole process with it
        raise ValueError(str(error)) from None


def missing_for_pdf() -> str:
    """What to install before PDF can be made here, in a sentence; empty when nothing is missing."""
    try:
        import weasyprint  # noqa: F401 - whether it can be imported is the question
    except ImportError:
        return PACKAGE
    except OSError:
        return LIBRARIES
    return ""


def _styles() -> str:
    found = finders.find(STYLES)
    if not isinstance(found, str):
        raise FileNotFoundError(STYLES)
    return Path(found).read_text(encoding="utf-8")
