"""Whether a form was sent from our own page: what stands in for a token where there is no cookie."""

from django.conf import settings
from django.http import HttpRequest


def sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says so, by Sec-Fetch-Site or Origin, and neither says otherwise.

    Every browser of today sends both with a form; our Referrer-Policy leaves the Origin as it is. What sends neither
    is refused too.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}
    return (site or origin) is not None and site in {None, "same-origin"} and (origin is None or origin in own)
