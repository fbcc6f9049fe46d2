"""People, bodies and investigations for machines (schema.org): what their pages say of them.

Somebody's offices are not told here: they are what labels of records say, from when to when as far as it is stated,
and no property of schema.org keeps that apart from a title held now.
"""

from collections.abc import Iterable

from investigations.pages import paths
from investigations.pages.investigation import InvestigationView
from investigations.pages.investigations import InvestigationItem
from investigations.pages.jsonld import CONTEXT, Data, publisher
from investigations.pages.jsonld_records import KINDS, WORKS, type_of
from investigations.pages.named import OrganizationPage, PersonPage


def person_data(page: PersonPage) -> Data:
    """Somebody whom published records name."""
    return _named("Person", page)


def organization_data(page: OrganizationPage) -> Data:
    """A body in which people held offices that published records say."""
    return _named("Organization", page)


def _named(kind: str, page: PersonPage | OrganizationPage) -> Data:
    address = paths.absolute(page.path)
    data = CONTEXT | {"@type": kind, "@id": address, "mainEntityOfPage": address, "name": page.name}
    stories = [
        {"@type": "NewsArticle", "headline": story.headline, "url": paths.absolute(story.edition_href)}
        for story in page.stories
    ]
    return data | {"subjectOf": stories} if stories else data


def investigation_data(page: InvestigationView) -> Data:
    """An investigation's page in its edition, with what is chosen for it; the chart is for people to weigh."""
    data = CONTEXT | {
        "@type": "CollectionPage",
        "@id": page.canonical,
        "url": page.canonical,
        "name": page.title,
        "version": page.edition.number,
        "datePublished": page.editions[0].published.iso,
        "publisher": publisher(),
    }
    if page.asks:
        data["description"] = page.asks
    if page.edition.number > 1:
        data["dateModified"] = page.edition.published.iso
    if page.stories:
        data["hasPart"] = [
            {"@type": "NewsArticle", "headline": story.headline, "url": paths.absolute(story.href)}
            for story in page.stories
        ]
    if page.people:
        data["mentions"] = [
            {"@type": "Person", "@id": paths.absolute(person.href), "name": person.name} for person in page.people
        ]
    works = [(KINDS[source.kind], source) for source in page.documents if KINDS[source.kind] in WORKS]
    if works:
        data["citation"] = [
            {"@type": type_of(kind), "@id": paths.absolute(source.href), "name": source.title}
            for kind, source in works
        ]
    return data


def investigations_data(items: Iterable[InvestigationItem]) -> Data:
    """The list of investigations."""
    address = paths.absolute(paths.INVESTIGATIONS)
    data = CONTEXT | {"@type": "CollectionPage", "@id": address, "url": address, "name": "Investigations"}
    parts = [
        {"@type": "CollectionPage", "@id": paths.absolute(item.href), "name": item.title, "version": item.edition}
        for item in items
    ]
    return data | {"hasPart": parts} if parts else data
