"""The admin's app, with the newsroom's own site."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    """Django's admin, with what waits for you on its front page."""

    default_site = "investigations.admin.site.NewsroomAdminSite"

    def ready(self) -> None:
        """Register the desk's nouns."""
        super().ready()
        from investigations.admin import registry  # noqa: F401 - registering is what the import is for
