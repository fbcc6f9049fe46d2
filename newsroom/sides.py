"""The two sides of the house: what a browser is told by the desk, and what it is told by readers' pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class SidesMiddleware:
    """Keeps cookies away from readers' pages, and the desk's answers out of every cache.

    An address is the desk's if it begins with one of DESK_PATHS, else it is readers'. A cookie that comes along to
    readers' pages is dropped before anything can read it, so no answer can hang on it, set one or take one away. It
    stands within django-csp's middleware, which sends the policy, and around everything that may answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its side's headers."""
        is_desk = request.path_info.startswith(settings.DESK_PATHS)
        if not is_desk:
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        if is_desk:
            response["Cache-Control"] = "no-store"
            response["Cross-Origin-Resource-Policy"] = "same-origin"
            response._csp_replace = settings.DESK_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]  # django-csp's
        return response
