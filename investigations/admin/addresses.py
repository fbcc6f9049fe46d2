"""Where readers find what the desk has published."""

from django.conf import settings

from investigations.pages import paths


def readers_address(path: str) -> str:
    """Where readers find a page: on this node if it serves them, else at the site's address."""
    return path if settings.ROLE == "all" else paths.absolute(path)
