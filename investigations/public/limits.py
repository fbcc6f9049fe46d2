"""How many reports one address may send: all that is kept is a keyed hash, for a day at most."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import caches
from django.db import connections, router
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 3600
DAY = 24 * HOUR
LIMITS = ((HOUR, 5), (DAY, 15))
"""Seconds, and how many reports an address may send in them."""


def network_of(request: HttpRequest) -> str:
    """The address that a request came from: an IPv4 address, or the /64 of an IPv6 one, which is one connection.

    Behind proxies it is what the outermost of ours saw. Empty where that is no address: those count as one.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        given = chain[-settings.PROXIES] if len(chain) >= settings.PROXIES else ""
    try:
        address = ip_address(given.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def count_one(network: str) -> bool:
    """Count a report from this network; False if it has sent as many as it may."""
    forget()
    day = timezone.now().date().isoformat()
    name = salted_hmac("investigations.public.limits", f"{day} {network}", algorithm="sha256").hexdigest()
    return all(_take(f"{name}.{seconds}", most, seconds) for seconds, most in LIMITS)


def _take(name: str, most: int, seconds: int) -> bool:
    """Take the first free place of so many; two at once never get the same."""
    places = [f"{name}.{n}" for n in range(most)]
    taken = caches["limits"].get_many(places)
    return any(caches["limits"].add(place, 1, seconds) for place in places if place not in taken)


def forget() -> None:
    """Drop what has had its day: Django's cache does so only when it is full."""
    cache = caches["limits"]
    connection = connections[router.db_for_write(cache.cache_model_class)]  # type: ignore[attr-defined]
    table = connection.ops.quote_name(settings.LIMITS_TABLE)
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - the table is a setting
