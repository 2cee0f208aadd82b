"""Settings: the environment first, with everything that differs between machines, then constants.

Every variable is described in `.env.example`. Without any of them the settings are those of a
closed production site, and a missing `SECRET_KEY` or `DATABASE_URL` is fatal. `DEMO=1` opens
them for the demo and the tests on one machine. Nothing here starts a process or opens a file.
"""

import os
from datetime import timedelta
from math import log2
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from untfsse.kit.connections import refuse_cut
from untfsse.kit.country_names import UN_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent


# --- The environment -----------------------------------------------------------------------


def read_flag(name: str, *, default: bool = False) -> bool:
    """Return an on/off variable; anything but the known words is an error."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return words[value]


def read_list(name: str) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def read_number(name: str, *, default: int) -> int:
    """Return a whole number of zero or more."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value)


def read_choice(name: str, choices: list[str]) -> str:
    """Return one of the choices, the first if the variable is not set; case does not matter."""
    value = os.environ.get(name, "").strip().upper() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(choices)}.")
    return value


def read_required(name: str, *, demo: str) -> str:
    """Return a variable that production must set; the demo has its own value."""
    value = os.environ.get(name, "")
    if value:
        return value
    if IS_DEMO:
        return demo
    raise ImproperlyConfigured(f"{name} is not set. See .env.example.")


def read_secret(name: str, *, demo: str) -> str:
    """Return a key that nobody guesses: long, of many signs, neither repeated nor an example."""
    key = read_required(name, demo=demo)
    if IS_DEMO:
        return key
    shares = [key.count(sign) / len(key) for sign in set(key)]
    bits = -len(key) * sum(share * log2(share) for share in shares)
    is_repeated = key in (key + key)[1:-1]
    is_example = key.startswith(("django-insecure", "demo-only"))
    if len(key) < 50 or bits < 150 or is_repeated or is_example:
        raise ImproperlyConfigured(f"{name} is weak. Make one as .env.example says.")
    return key


def read_database(url: str, *, most_wait: int = 60) -> dict[str, Any]:
    """Turn `postgres://user:password@host:port/name?option=…` into Django's settings.

    A host in the query (`?host=/run/postgresql`) names the folder of a local socket. Each worker
    process keeps up to `DATABASE_POOL` connections open; with 0, each request opens its own. One
    that was cut meanwhile is not handed out. See `untfsse.kit.records.prepared` for what they keep.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or postgresql://.")
    options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = options.pop("host", None) or parts.hostname or ""
    wait = min(most_wait, read_number("DATABASE_WAIT_SECONDS", default=5))
    options.setdefault("connect_timeout", str(wait))
    if size := read_number("DATABASE_POOL", default=8):
        # Without the last the pool would ask ever more rarely for a database that is away.
        pool = {"min_size": 1, "max_size": size, "timeout": wait, "reconnect_timeout": wait}
        options["pool"] = {**pool, "check": refuse_cut}
    if read_flag("DATABASE_PREPARED"):
        options.setdefault("prepare_threshold", 0)
        given = options.get("options", "")
        options["options"] = f"{given} -c plan_cache_mode=force_generic_plan".lstrip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "untfsse",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # They need a session to themselves, which a pooler between us may not give.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": options,
    }


def read_replica(url: str) -> dict[str, Any]:
    """Return the database that follows the first, if one is named: nobody waits long for it."""
    return {"replica": read_database(url, most_wait=1)} if url else {}


def read_cache(url: str) -> dict[str, Any]:
    """Return where kept answers lie: in the process, in a folder, in Redis or Valkey, or nowhere.

    Nothing grows old there; what is used least goes when there is no room.
    """
    parts = urlsplit(url)
    forever: dict[str, Any] = {"TIMEOUT": None, "KEY_PREFIX": "untfsse"}
    room = {"MAX_ENTRIES": CACHE_ENTRIES}
    match parts.scheme or url:
        case "":
            backend = "django.core.cache.backends.locmem.LocMemCache"
            return {**forever, "BACKEND": backend, "OPTIONS": room}
        case "file":
            backend = "untfsse.kit.kept.FolderCache"
            return {**forever, "BACKEND": backend, "LOCATION": parts.path, "OPTIONS": room}
        case "redis" | "rediss" | "valkey":
            location = url.replace("valkey:", "redis:", 1)
            backend = "django.core.cache.backends.redis.RedisCache"
            quick = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
            options = {**quick, "serializer": "untfsse.kit.kept.KeptSerializer"}
            return {**forever, "BACKEND": backend, "LOCATION": location, "OPTIONS": options}
        case "off":
            return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    raise ImproperlyConfigured("CACHE_URL starts with redis:// or file:///, or is “off”.")


def read_files(bucket: str) -> dict[str, Any]:
    """Return where uploaded files are kept: in the folder `MEDIA_ROOT`, or in a bucket of S3."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {"bucket_name": bucket}
    return {"BACKEND": "untfsse.kit.records.bucket.Bucket", "OPTIONS": options}


def read_backups(bucket: str, *, media: str) -> dict[str, Any]:
    """Return the store of backups if a bucket keeps them; a restore empties that of files."""
    if bucket and bucket == media:
        raise ImproperlyConfigured("BACKUP_S3_BUCKET is another bucket than MEDIA_S3_BUCKET.")
    return {"backups": read_files(bucket)} if bucket else {}


def read_mail(url: str) -> dict[str, Any]:
    """Return how mails are sent: `smtp://user:password@host:port?tls=starttls`, or `?tls=ssl`.

    The demo puts them in a folder, where its admin shows them.
    """
    if not url and IS_DEMO:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": MAIL_ROOT}}
    parts = urlsplit(url or "smtp://localhost:25")
    tls = parse_qs(parts.query).get("tls", [""])[-1]
    if parts.scheme != "smtp" or tls not in {"", "starttls", "ssl"}:
        raise ImproperlyConfigured(
            "MAIL_URL is smtp://user:password@host:port?tls=starttls or ssl."
        )
    options = {
        "host": parts.hostname or "localhost",
        "port": parts.port or 25,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": tls == "starttls",
        "use_ssl": tls == "ssl",
        "timeout": 20,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def read_agency() -> list[dict[str, Any]]:
    """Return the agency by whose accounts one may sign in, none if no variable names one."""
    if not OIDC_NAME:
        return []
    return [
        {
            "provider_id": "agency",
            "name": OIDC_NAME,
            "client_id": read_required("OIDC_CLIENT_ID", demo=""),
            "secret": read_required("OIDC_CLIENT_SECRET", demo=""),
            "settings": {"server_url": read_required("OIDC_ISSUER", demo="")},
        }
    ]


IS_DEMO = read_flag("DEMO")
DEBUG = read_flag("DEBUG")
SECRET_KEY = read_secret("SECRET_KEY", demo="demo-only-" + "x" * 50)
DATABASES = {
    "default": read_database(read_required("DATABASE_URL", demo="postgresql:///untfsse")),
    **read_replica(os.environ.get("DATABASE_REPLICA_URL", "")),
}
CACHE_ENTRIES = read_number("CACHE_ENTRIES", default=2000)
CACHES = {"default": read_cache(os.environ.get("CACHE_URL", "").strip())}
# For what comes over the web: see `untfsse.kit.time_limits`.
DATABASE_LIMITS = {
    "statement_timeout": read_number("DATABASE_STATEMENT_SECONDS", default=15),
    "lock_timeout": read_number("DATABASE_LOCK_SECONDS", default=3),
    "idle_in_transaction_session_timeout": read_number("DATABASE_IDLE_SECONDS", default=60),
}
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS") or (["127.0.0.1", "localhost"] if IS_DEMO else [])
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS")
IS_HTTPS = read_flag("HTTPS", default=not IS_DEMO)
# Proxies of ours before the portal, which say from where a visitor comes.
TRUSTED_PROXIES = read_number("TRUSTED_PROXIES", default=int(IS_HTTPS))
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
MEDIA_S3_BUCKET = os.environ.get("MEDIA_S3_BUCKET", "")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or BASE_DIR / ".local" / "media")
BACKUP_ROOT = Path(os.environ.get("BACKUP_ROOT") or BASE_DIR / ".local" / "backups")
BACKUP_RECIPIENTS = read_list("BACKUP_RECIPIENTS")
BACKUP_S3_BUCKET = os.environ.get("BACKUP_S3_BUCKET", "")
# Whether a worker makes one each day.
BACKUP_DAILY = read_flag("BACKUP_DAILY", default=True)
MAIL_ROOT = Path(os.environ.get("MAIL_ROOT") or BASE_DIR / ".local" / "mail")
MAIL = read_mail(os.environ.get("MAIL_URL", ""))
MAIL_FROM = os.environ.get("MAIL_FROM") or "portal@localhost"
# Whether staff need a second factor to get anywhere.
SECOND_FACTOR_REQUIRED = read_flag("SECOND_FACTOR", default=not IS_DEMO)
OIDC_NAME = os.environ.get("OIDC_NAME", "")
OIDC_APPS = read_agency()
TASK_PAUSE_SECONDS = read_number("TASK_PAUSE_SECONDS", default=10)
UPLOAD_LIMIT_MB = read_number("UPLOAD_LIMIT_MB", default=25)
LOG_LEVEL = read_choice("LOG_LEVEL", ["INFO", "DEBUG", "WARNING", "ERROR", "CRITICAL"])

# --- Constants -----------------------------------------------------------------------------

ROOT_URLCONF = "untfsse.urls"
WSGI_APPLICATION = "untfsse.wsgi.application"

INSTALLED_APPS = [
    "untfsse",
    "untfsse.kit",
    "taskforce",
    "encyclopedia",
    "actionplan",
    "untfsse.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_countries",
    "django_filters",
    "django_prose_editor",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "untfsse.apps.TopicsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "untfsse.accounts",
]

MIDDLEWARE = [
    "untfsse.kit.request_log.RequestLogMiddleware",
    "untfsse.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "untfsse.kit.rest.middleware.ApiMiddleware",
    "untfsse.kit.kept.KeptAnswersMiddleware",
    "untfsse.kit.replica.ReplicaMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "untfsse.kit.faults.FaultsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "untfsse.kit.access.sessions.SessionLimitsMiddleware",
    "untfsse.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "untfsse.kit.records.addresses.AddressMiddleware",
    "untfsse.kit.history.changes.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taskforce.views.my_organization.mine",
            ],
        },
    }
]

# Cookies that change what pages say: who carries one gets no kept answer.
PERSONAL_COOKIES = ["organization"]

LANGUAGE_CODE = "en"
# A language is offered once its catalog is whole: `tests/test_translation.py` says what it lacks.
LANGUAGES = [("en", _("English"))]
COUNTRIES_OVERRIDE = UN_NAMES
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": read_files(MEDIA_S3_BUCKET),
    **read_backups(BACKUP_S3_BUCKET, media=MEDIA_S3_BUCKET),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "accounts:overview"
ACCOUNT_ADAPTER = "untfsse.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The throttle is ours, counted in the database; the library's counts in each process.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "untfsse.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RATE_LIMITS = False
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_FORMS = {
    "authenticate": "untfsse.accounts.forms.CodeForm",
    "reauthenticate": "untfsse.accounts.forms.ConfirmCodeForm",
}
# Browsers give passkeys to http on this machine alone, where the demo and the tests are.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
SOCIALACCOUNT_ADAPTER = "untfsse.accounts.adapters.AgencyAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may not lead elsewhere; what comes back is signed
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS, "OAUTH_PKCE_ENABLED": True}}

MAILERS = {"default": MAIL}
DEFAULT_FROM_EMAIL = MAIL_FROM

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "untfsse.admin.csrf_failure"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "untfsse.kit.access.sessions"
# How long a session may last, and how long nothing may happen in it.
SESSION_LIMITS = {
    "staff": (timedelta(hours=12), timedelta(hours=2)),
    "others": (timedelta(days=30), timedelta(days=30)),
}
# Passwords that are looked at at once, by all processes together; see `untfsse.kit.access.hashing`.
HASHING_AT_ONCE = 1

FILE_UPLOAD_HANDLERS = [
    "untfsse.kit.forms.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A meeting's form in the admin holds hundreds of fields: agenda, attendance, decisions.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

TASKS = {"default": {"BACKEND": "untfsse.kit.tasks.backend.DatabaseBackend"}}
# What a worker does again and again; see `untfsse.tasks`.
TASK_SCHEDULE = {
    "untfsse.tasks.notice_clock": timedelta(minutes=1),
    "untfsse.tasks.clear_sessions": timedelta(days=1),
    "untfsse.tasks.forget_tries": timedelta(days=1),
    "untfsse.tasks.clean_files": timedelta(days=1),
    "untfsse.tasks.trim_log": timedelta(days=1),
    "untfsse.tasks.trim_history": timedelta(days=1),
    "untfsse.tasks.forget_account_events": timedelta(days=1),
    "untfsse.tasks.forget_tasks": timedelta(days=1),
    "untfsse.tasks.forget_reporters": timedelta(days=1),
    "untfsse.tasks.forget_missed_searches": timedelta(days=1),
}
if BACKUP_DAILY:
    TASK_SCHEDULE["untfsse.tasks.back_up"] = timedelta(days=1)

TAGGIT_CASE_INSENSITIVE = True
ABSOLUTE_URL_OVERRIDES = {
    "taggit.tag": lambda topic: reverse("topic_detail", args=[topic.slug]),
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "untfsse.kit.rest.schema.NounSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "untfsse.kit.rest.negotiation.Negotiation",
    "EXCEPTION_HANDLER": "untfsse.kit.rest.problems.explain",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a filter of meetings
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "UNTFSSE portal",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "The records of the UN Inter-Agency Task Force on Social and Solidarity Economy: who sits "
        "in it, what it decides, and what comes of it. Read only, open to everybody, no key.\n\n"
        "Every record names its sources and how sure it is; what is not known is null. Texts that "
        "are linked here keep their own licence, named beside each as far as it is known. The "
        "Encyclopedia's are CC BY-NC-ND 4.0: read and cite them, do not adapt them."
    ),
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": False,
    "ENUM_SUFFIX": "",
    "POSTPROCESSING_HOOKS": [
        "untfsse.kit.rest.schema.name_vocabularies",
        "untfsse.kit.rest.schema.polish",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "untfsse.kit.request_log.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line" if IS_DEMO else "json"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # One line each in one place: Django's own handlers would say it twice, and by mail.
        "django": {"handlers": [], "level": LOG_LEVEL},
        # The terminal of the demo is for what its person should know.
        "untfsse.kit.request_log": {"level": "WARNING" if IS_DEMO else LOG_LEVEL},
        # Robots ask for any host name; that is no error of ours.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
