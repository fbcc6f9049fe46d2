"""Pages as readers get them: derived, rebuilt by `recompile`."""

from django.db import models


class Page(models.Model):
    """The bytes of one address in one variant, ready to be sent.

    `listed` says that search engines may list it under this address, `changed` (ISO 8601) since when it says what it
    says, where the page tells.
    """

    path = models.CharField(max_length=300)
    variant = models.CharField(max_length=20, blank=True)
    content_type = models.CharField(max_length=80)
    status = models.PositiveSmallIntegerField(default=200)
    body = models.BinaryField()
    etag = models.CharField(max_length=64)
    build = models.CharField(max_length=16)
    listed = models.BooleanField(default=False)
    changed = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "variant"], name="page_once_an_address")]
        indexes = [models.Index(fields=["path", "changed"], condition=models.Q(listed=True), name="page_listed")]

    def __str__(self) -> str:
        return f"{self.path}?{self.variant}" if self.variant else self.path
