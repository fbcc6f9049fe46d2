"""Newsroom's settings: one file, read strictly from the environment.

Without any variable this is the demo: `demo.sqlite3` in this folder, with generated keys beside it.
NEWSROOM_ENVIRONMENT=production asks for every secret and guesses none. docs/settings.md lists them all.
"""

import os
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from csp.constants import NONE, SELF

from newsroom.environment import Environment, SettingError, demo_keys

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
env.refuse_unknown()
ENVIRONMENT = env.choice("NEWSROOM_ENVIRONMENT", ("demo", "production"), "demo")
ROLE = env.choice("NEWSROOM_ROLE", ("all", "desk", "public"), "all")
PRODUCTION = ENVIRONMENT == "production"
HAS_DESK = ROLE != "public"
DEBUG = env.boolean("NEWSROOM_DEBUG")
if DEBUG and PRODUCTION:
    raise SettingError("NEWSROOM_DEBUG is true in production, where it would show readers the desk's data; unset it.")

# What names a source is encrypted under these. Without any, the vault is sealed and the rest runs.

VAULT_KEYS = env.vault_keys("NEWSROOM_VAULT_KEYS")
if VAULT_KEYS and not HAS_DESK:
    raise SettingError("NEWSROOM_VAULT_KEYS is set on a public node, which has no vault; unset it there.")

# Who publishes: printed on every page, in feeds and in structured data.

SITE_NAME = env.text("NEWSROOM_SITE_NAME", "The Record Desk")
CONTACT = env.text("NEWSROOM_CONTACT", "newsroom@example.org")
DATA_LICENSE = env.license("NEWSROOM_DATA_LICENSE")
TIME_ZONE = env.text("NEWSROOM_TIME_ZONE", "America/New_York")
try:
    ZoneInfo(TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError) as error:
    raise SettingError(
        f"NEWSROOM_TIME_ZONE is “{TIME_ZONE}”; set it to a zone's name, like Europe/Berlin."
    ) from error

if PRODUCTION:
    SECRET_KEY = env.required("NEWSROOM_SECRET_KEY", "a random text of 50 characters or more")
    if len(SECRET_KEY) < 50:
        raise SettingError("NEWSROOM_SECRET_KEY is shorter than 50 characters; set a longer random text.")
    BASE_URL = env.required("NEWSROOM_BASE_URL", "https://news.example.org").rstrip("/")
    DATABASE_URL = env.required("DATABASE_URL", "postgres://newsroom:secret@127.0.0.1/newsroom")
else:
    keys = demo_keys(BASE_DIR / "demo.keys.json")
    SECRET_KEY = keys["secret_key"]
    if HAS_DESK:
        VAULT_KEYS = VAULT_KEYS or (keys["vault_key"],)
    DEMO_PASSWORD = env.text("NEWSROOM_DEMO_PASSWORD", keys["password"])
    BASE_URL = env.text("NEWSROOM_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'demo.sqlite3'}")

try:
    address = urlsplit(BASE_URL)
    if address.scheme not in {"http", "https"} or not address.hostname or address.path or address.port == 0:
        raise ValueError
except ValueError as error:  # urlsplit raises it for half a bracket, .port for a port that is none
    raise SettingError(
        f"NEWSROOM_BASE_URL is “{BASE_URL}”; set it to the site's address, like https://news.example.org."
    ) from error
if PRODUCTION and address.scheme != "https":
    raise SettingError("NEWSROOM_BASE_URL starts with http://; production serves readers over https://.")

ALLOWED_HOSTS = [address.hostname, "localhost", "127.0.0.1", "[::1]"]

# Databases. The record's inbox may be written on another server than the one readers are served from.


def database(name: str, url: str) -> dict[str, object]:
    """A database's settings from its address. Raises SettingError for an address nobody can read."""
    try:
        found = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise SettingError(f"{name} can't be read; write it like postgres://user:secret@host/name.") from error
    if found.get("ENGINE") == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        }
        # The tests' live server shares its database between threads, and in memory they lock each other out.
        found["TEST"] = {"NAME": str(Path(gettempdir()) / f"newsroom-test-{os.getpid()}.sqlite3")}
    elif found.get("ENGINE") != "django.db.backends.postgresql":
        raise SettingError(f"{name} names neither SQLite nor PostgreSQL; Newsroom runs on these two.")
    return found


DATABASES = {"default": database("DATABASE_URL", DATABASE_URL)}
if inbox_url := env.text("NEWSROOM_INBOX_DATABASE_URL", ""):
    DATABASES["inbox"] = database("NEWSROOM_INBOX_DATABASE_URL", inbox_url) | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["newsroom.router.InboxRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How many reports of errors came from an address today: in the database, so that all nodes count together.

LIMITS_TABLE = "record_limits"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": LIMITS_TABLE,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
PROXIES = env.number("NEWSROOM_PROXIES", 0, most=9)

# The rooms. A public node has no desk: no accounts, no sessions, no admin, no working data.

INSTALLED_APPS = [
    "investigations.record",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "csp",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.sides.SidesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
]
CONTEXT_PROCESSORS = []
ROOT_URLCONF = f"newsroom.urls_{ROLE}"
WSGI_APPLICATION = "newsroom.wsgi.application"

if HAS_DESK:
    INSTALLED_APPS = [
        "investigations",
        "investigations.admin.apps.NewsroomAdminConfig",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "import_export",
        *INSTALLED_APPS,
    ]
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    CONTEXT_PROCESSORS += [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    # The cookie storage would put messages, base64-coded, into the browser.
    MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ]
    LOGIN_URL = "admin:login"
    # A row of who was at a meeting is nine fields of its form, and a reception had 200 guests.
    DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
    # Without these two, whoever is staff may import and export everything; models/groups.py gives them.
    IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
    IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
    IMPORT_EXPORT_TMP_STORAGE_CLASS = "investigations.exchange.uploads.UploadStorage"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]

# The forms' own templates and ours beside them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Language, time and files.

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "investigations" / "pages" / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# What a browser is told: nothing from elsewhere, nothing inline, no frames. docs/security.md says why each is so.

DESK_PATHS = {"all": ("/admin",), "desk": ("/",), "public": ()}[ROLE]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "script-src": [NONE],
        "connect-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DESK_CONTENT_SECURITY_POLICY = {"script-src": [SELF], "connect-src": [SELF]}
REFUSED_FEATURES = "camera display-capture geolocation hid microphone midi payment serial usb xr-spatial-tracking"
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES.split())
X_FRAME_OPTIONS = "DENY"
# Other sites are never told an address. no-referrer would take the Origin from our own forms, which CSRF checks read.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
if PRODUCTION:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' preload lists are for the domain's owner to ask for
    if not HAS_DESK:
        SILENCED_SYSTEM_CHECKS += ["security.W003"]  # where nobody has a cookie, no form can be forged with it
    SECURE_SSL_REDIRECT = True
    if env.boolean("NEWSROOM_TRUST_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Sessions: in the database, ended with the browser or half a day after they were last written to. No cookie stays
# behind in a browser that was closed.

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"  # readers' pages are not even sent them
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION

# Mail: people at the desk are told that something waits for them, never its words. Without a server nobody is told;
# the demo prints what would be sent. Errors are mailed by the same server, or by the one on this machine.

mail_server = env.mail_server("NEWSROOM_MAIL_SERVER")
globals().update(mail_server)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("NEWSROOM_MAIL_FROM", CONTACT)
error_mail = env.text("NEWSROOM_ERROR_MAIL", "")
MAILS_THE_DESK = HAS_DESK and (bool(mail_server) or not PRODUCTION)
if not mail_server and not error_mail and not PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Logs: paths without queries, errors by their places. Nothing goes to Django's own handlers, which know more.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "places": {"()": "newsroom.logs.PlacesFormatter", "format": "%(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "places"},
        "mail": {"class": "newsroom.logs.PlacesMailHandler", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "mail"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "weasyprint": {"level": "WARNING"},  # else every step of every PDF
        "fontTools": {"level": "WARNING"},
    },
}
if error_mail:
    ADMINS = [(SITE_NAME, error_mail)]
