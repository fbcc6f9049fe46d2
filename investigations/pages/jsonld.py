"""Structured data for machines (schema.org): nothing that the page itself doesn't say.

docs/machine-readable.md lists every property that may stand here.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from investigations.pages import paths
from investigations.pages.author import AuthorPage
from investigations.pages.correction import CorrectionView
from investigations.pages.jsonld_records import cited_data
from investigations.pages.policy import PolicyPage
from investigations.pages.story import StoryPage

Data = dict[str, Any]
CONTEXT = {"@context": "https://schema.org"}
# Which of a newsroom's policies is what schema.org asks for, by the policy's short name.
POLICIES = {
    "bylines": "noBylinesPolicy",
    "corrections": "correctionsPolicy",
    "diversity": "diversityPolicy",
    "ethics": "ethicsPolicy",
    "feedback": "actionableFeedbackPolicy",
    "how-we-check": "verificationFactCheckingPolicy",
    "masthead": "masthead",
    "mission": "missionCoveragePrioritiesPolicy",
    "ownership": "ownershipFundingInfo",
    "unnamed-sources": "unnamedSourcesPolicy",
}
# What could end a script element, or the line of a reader that knows JSON by JavaScript's old rules.
ESCAPED = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def publisher() -> Data:
    """The newsroom as a NewsMediaOrganization."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": paths.absolute("/#newsroom"),
        "name": settings.SITE_NAME,
        "url": paths.absolute(paths.FRONT),
        "publishingPrinciples": paths.absolute(paths.POLICIES),
    }


def newsroom_data(policies: Iterable[PolicyPage] = ()) -> Data:
    """The newsroom with its address for readers and, on a page that lists them, its policies."""
    data = CONTEXT | publisher() | {"email": settings.CONTACT}
    for policy in policies:
        if found := POLICIES.get(policy.slug):
            data[found] = paths.absolute(policy.path)
    return data


def story_data(page: StoryPage) -> Data:
    """The story as a NewsArticle, with the evidence that is shown and each correction's visible note."""
    data = CONTEXT | {
        "@type": "NewsArticle",
        "@id": page.canonical,
        "mainEntityOfPage": page.canonical,
        "url": page.canonical,
        "headline": page.headline,
        "datePublished": page.published.iso,
        "version": page.edition.number,
        "publisher": publisher(),
    }
    if page.investigation:
        data["articleSection"] = page.investigation
    if page.standfirst:
        data["description"] = page.standfirst
    if pictures := [figure.src for figure in page.lead_figures if figure.src]:
        data["image"] = [paths.absolute(src) for src in pictures]
    if page.bylines:
        data["author"] = [
            {"@type": "Person", "name": byline.name, "url": paths.absolute(byline.href)} for byline in page.bylines
        ]
    if page.changed:
        data["dateModified"] = page.changed.published.iso
    if page.retraction:
        data["creativeWorkStatus"] = page.retraction.tag
    if page.corrections:
        data["correction"] = [correction_data(note) for note in page.corrections]
    if cited := cited_data(card for block in page.blocks for card in block.cards):
        data["citation"] = cited
    return data


def correction_data(note: CorrectionView) -> Data:
    """A note as a CorrectionComment; one from before this record was kept has no instant."""
    data = {"@type": "CorrectionComment", "text": note.note, "url": paths.absolute(note.href)}
    return data if note.noted else data | {"datePublished": note.published.iso}


def correction_page_data(note: CorrectionView) -> Data:
    """A note on its own page, with the story it is about."""
    story = {"@type": "NewsArticle", "headline": note.story_headline, "url": paths.absolute(note.story_href)}
    return CONTEXT | correction_data(note) | {"@id": paths.absolute(note.href), "name": note.name, "about": story}


def author_data(page: AuthorPage) -> Data:
    """Somebody who signs stories."""
    address = paths.absolute(page.path)
    data = CONTEXT | {"@type": "Person", "@id": address, "url": address, "name": page.name}
    return data | {"description": page.about} if page.about else data


def policy_data(page: PolicyPage) -> Data:
    """A policy as the page it is, in its edition."""
    address = paths.absolute(page.path if page.is_latest else page.edition.href)
    data = CONTEXT | {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "version": page.edition.number,
        "datePublished": page.editions[0].published.iso,
        "publisher": publisher(),
    }
    return data | {"dateModified": page.edition.published.iso} if page.edition.number > 1 else data


def script(data: Data) -> SafeString:
    """JSON that may stand in a script element: no character in it can end the element. Nothing for no data."""
    text = json.dumps(data, ensure_ascii=False, indent=1).translate(ESCAPED) if data else ""
    return mark_safe(text)  # noqa: S308 - every character that HTML knows is escaped above
