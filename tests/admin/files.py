"""Uploads to the import pages, as a browser would send them."""

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.exchange.conftest import written

PEOPLE = [{"short name": "lee", "name": "Lee Sample"}, {"short name": "kim", "name": "Kim Still"}]


def address(noun, page):
    """A page of a noun's screen."""
    return reverse(f"admin:investigations_{noun}_{page}")


def upload(client, noun, data, name="rows.csv"):
    """The answer to a file; rows are written in the format its name ends in."""
    if isinstance(data, list):
        data = written(data, name.rpartition(".")[2])
    return client.post(address(noun, "import"), {"import_file": SimpleUploadedFile(name, data)})


def confirm(client, noun, preview):
    """The answer to a preview's confirmation."""
    return client.post(address(noun, "process_import"), {"upload": preview.context["upload"]})


def kept_uploads():
    """The uploads that wait to be confirmed."""
    return [one for one in Session.objects.all() if "newsroom_upload" in one.get_decoded()]


def told(response):
    """The messages on a page."""
    return [str(message) for message in response.context["messages"]]
