"""The rule of each side: what a browser must be told with an answer of the desk, and with one for readers."""

from typing import Any

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LOCKED = {"default-src", "base-uri", "frame-ancestors"}
OURS = {"style-src", "img-src", "form-action"}
SCRIPTS = {"script-src", "connect-src"}
FEATURES = ("camera=()", "geolocation=()", "microphone=()")


def faults(response: Any, *, desk: bool) -> list[str]:
    """Whatever the answer's headers hold against the rule of its side; empty when the rule is kept."""
    found = [f"{name} is {response.get(name)}" for name, value in ALWAYS.items() if response.get(name) != value]
    found += [f"allows {feature}" for feature in FEATURES if feature not in response.get("Permissions-Policy", "")]
    found += _policy_faults(response.get("Content-Security-Policy", ""), desk)
    return found + (_desk_faults(response) if desk else _readers_faults(response))


def _policy_faults(policy: str, desk: bool) -> list[str]:
    said: dict[str, str] = {}
    for part in filter(None, policy.split(";")):
        name, _, value = part.strip().partition(" ")
        said[name] = value
    wanted = {
        **dict.fromkeys(LOCKED, "'none'"),
        **dict.fromkeys(OURS, "'self'"),
        **dict.fromkeys(SCRIPTS, "'self'" if desk else "'none'"),
    }
    return [] if said == wanted else [f"policy is {policy}"]


def _desk_faults(response: Any) -> list[str]:
    found = [] if response.get("Cache-Control") == "no-store" else [f"cached: {response.get('Cache-Control')}"]
    if response.get("Cross-Origin-Resource-Policy") != "same-origin":
        found.append("may be loaded by other sites")
    for name, cookie in response.cookies.items():
        if (cookie["samesite"], cookie["path"]) != ("Strict", "/admin/"):
            found.append(f"cookie {name}: {cookie.OutputString()}")
        if not cookie["httponly"] and cookie.value:
            found.append(f"scripts may read the cookie {name}")
        if cookie["max-age"] not in {"", 0}:
            found.append(f"the cookie {name} outlives the browser")
        if name not in {"sessionid", "csrftoken"}:
            found.append(f"a cookie that nobody knows: {name}")
    return found


def _readers_faults(response: Any) -> list[str]:
    found = [f"sets the cookie {name}" for name in response.cookies]
    if "cookie" in response.get("Vary", "").lower():
        found.append("hangs on a cookie")
    return found
