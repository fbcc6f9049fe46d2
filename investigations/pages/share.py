"""What a page says of itself where it is linked from elsewhere: description and OpenGraph, in the page's words."""

from dataclasses import dataclass

from investigations.pages import paths
from investigations.pages.author import AuthorPage
from investigations.pages.correction import CorrectionView
from investigations.pages.figure import FigureView
from investigations.pages.investigation import InvestigationView
from investigations.pages.lists import EntryPage
from investigations.pages.meeting import MeetingView
from investigations.pages.named import OrganizationPage, PersonPage
from investigations.pages.policy import PolicyPage
from investigations.pages.records import QuoteView, SourceView
from investigations.pages.story import StoryPage


@dataclass(frozen=True)
class Image:
    """A picture at its whole address, with what it shows in words."""

    src: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Share:
    """A page by its title, with whatever else of it may stand beside a link to it."""

    title: str
    description: str = ""
    kind: str = "website"
    published: str = ""
    changed: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    image: Image | None = None


def of_story(page: StoryPage) -> Share:
    """A story: that it was taken back comes first, wherever its link stands."""
    lead = next((figure for figure in page.lead_figures if figure.src), None)
    return Share(
        title=f"Retracted: {page.headline}" if page.retraction else page.headline,
        description=page.retraction.note if page.retraction else page.standfirst,
        kind="article",
        published=page.published.iso,
        changed=page.changed.published.iso if page.changed else "",
        section=page.investigation,
        authors=tuple(paths.absolute(byline.href) for byline in page.bylines),
        image=_image(lead) if lead else None,
    )


def _image(figure: FigureView) -> Image:
    return Image(paths.absolute(figure.src), figure.alt_text, figure.width, figure.height)


def of_entry(page: EntryPage) -> Share:
    """A quote by its words, a meeting and a source by name."""
    match page.record:
        case QuoteView() as quote:
            words = f"“{quote.words}”" if quote.in_their_words else f"{quote.words} (in our words)"
            return Share(f"{quote.by}, {quote.said.words}", words)
        case MeetingView() as meeting:
            return Share(meeting.title, meeting.description or f"{meeting.when.words}; {meeting.place}")
        case SourceView() as source:
            return Share(source.title, source.description or source.kind_label)
    return Share("Withheld")


def of_author(page: AuthorPage) -> Share:
    """Somebody who signs stories."""
    return Share(page.name, page.about)


def of_policy(page: PolicyPage) -> Share:
    """A policy, in its edition."""
    changed = page.edition.published.iso if page.edition.number > 1 else ""
    return Share(page.title, kind="article", published=page.editions[0].published.iso, changed=changed)


def of_investigation(page: InvestigationView) -> Share:
    """An investigation's page, in its edition, by what it asks first."""
    changed = page.edition.published.iso if page.edition.number > 1 else ""
    published = page.editions[0].published.iso
    return Share(page.title, page.asks, kind="article", published=published, changed=changed)


def of_named(page: PersonPage | OrganizationPage) -> Share:
    """Somebody, or a body, whom published records name: as the page itself begins."""
    return Share(page.name, page.lead)


def of_correction(note: CorrectionView) -> Share:
    """A note by its number, in its own words."""
    return Share(note.name, note.note)
