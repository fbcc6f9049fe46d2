"""What an edition is made of."""

from investigations.publishing.ledger import NewPart
from investigations.publishing.projection.story import Projection, entry_name
from investigations.record.models import Part


def parts_of(projection: Projection) -> list[NewPart]:
    """A projection as the parts of an edition."""
    return [
        NewPart(Part.Kind.HEADER, "header", projection.header),
        *(NewPart(Part.Kind.BLOCK, f"b{n}", block) for n, block in enumerate(projection.blocks, start=1)),
        *(NewPart(Part.Kind.ENTRY, entry_name(entry), entry) for entry in projection.entries),
        *(NewPart(Part.Kind.NOTE, note["key"], note) for note in projection.notes),
        *(NewPart(Part.Kind.FIGURE, figure["key"], figure) for figure in projection.figures),
        *(NewPart(Part.Kind.REQUEST, f"r{n}", request) for n, request in enumerate(projection.requests, start=1)),
    ]
