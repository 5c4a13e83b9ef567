"""Django settings, from the environment and the home folder alone.

SQLite (WAL, full synchronisation) when nothing is configured, PostgreSQL by ``DATABASE_URL``.
"""

from __future__ import annotations

import base64
import os
import uuid
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from firstbell.config.home import home, secret
from firstbell.config.sign_in import read_sign_in

HOME = home()
SECRET_KEY = secret("django")
AUDIT_KEY = secret("audit")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("FIRSTBELL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = os.environ.get("FIRSTBELL_HTTPS", "") == "1"
PROXIES = int(os.environ.get("FIRSTBELL_PROXIES", "0"))
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("FIRSTBELL_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tables2",
    "csp",
    "firstbell.platform",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "django_tasks",
    "django_tasks_db",
    "firstbell.people",
    "firstbell.attendance",
    "firstbell.exchange",
    "firstbell.overview",
    "firstbell.demonstration",
    "firstbell.config",
]

MIDDLEWARE = [
    "firstbell.platform.web.request_number.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "firstbell.platform.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "firstbell.platform.web.viewer.ViewerMiddleware",
    "firstbell.platform.web.sign_in_required.SignInRequiredMiddleware",
    "firstbell.platform.web.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "firstbell.config.urls"
WSGI_APPLICATION = "firstbell.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "firstbell.platform.web.context.shell",
                "firstbell.platform.web.context.sign_in",
            ],
        },
    }
]


#: seconds that a writer waits for another before it is told to try again; the site sets less (config/wsgi.py)
FIRSTBELL_PATIENCE = int(os.environ.get("FIRSTBELL_PATIENCE", "20"))


def database(url: str | None) -> dict[str, Any]:
    """The Django database entry of a ``postgresql://user:password@host:port/name?sslmode=…`` address."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "firstbell.sqlite3",
            "OPTIONS": {
                "timeout": FIRSTBELL_PATIENCE,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL has the scheme {parts.scheme!r}; use postgresql://…")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
    if options.pop("pool", "on") != "off":  # off behind an outside pooler, and in tests
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "platform.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = os.environ.get("FIRSTBELL_TIME_ZONE", "America/Los_Angeles")
USE_I18N = True
USE_TZ = True

MESSAGE_TAGS = {20: "info", 25: "good", 30: "warn", 40: "bad"}  # a message's level as the tone of its note

#: bytes that a page takes as a file; a larger one comes by the command (platform/web/uploads.py)
FIRSTBELL_MOST_UPLOADED = 256 << 20
FILE_UPLOAD_HANDLERS = [
    "firstbell.platform.web.uploads.OnlyWhatIsWanted",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": HOME / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Who is asking: the account at the door becomes a viewer by the room that knows people.
FIRSTBELL_VIEWER = "firstbell.people.api.viewer_for"
FIRSTBELL_SHELL = "firstbell.config.shell.shell_parts"  # district and navigation around every page
FIRSTBELL_STUDENT_TABS = "firstbell.config.tabs.STUDENT_TABS"  # sides of a student's record, of all rooms
FIRSTBELL_OBJECT_PAGES = "firstbell.config.object_pages.OBJECT_PAGES"  # of what the audit log names
FIRSTBELL_SOUNDNESS = "firstbell.config.soundness.soundness"  # for the bridge
FIRSTBELL_BIND = os.environ.get("FIRSTBELL_BIND", "")  # the address the server listens on, set by `serve`

# Sign-in
SIGN_IN = read_sign_in(HOME)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "firstbell.platform.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "firstbell.platform.web.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key", "login": "120/m/ip"}
MFA_ADAPTER = "firstbell.platform.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Firstbell"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost only
FIRSTBELL_MFA_KEY = base64.urlsafe_b64encode(bytes.fromhex(secret("mfa")))
FIRSTBELL_SECOND_FACTOR_AT_PROVIDER = SIGN_IN.second_factor_at_provider
SOCIALACCOUNT_ADAPTER = "firstbell.platform.accounts.adapters.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = dict(SIGN_IN.providers)
SOCIALACCOUNT_STORE_TOKENS = False
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# Mail: without a server in sign_in.toml nothing is sent.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if SIGN_IN.mail
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = SIGN_IN.mail.get("host", "localhost")
EMAIL_PORT = int(SIGN_IN.mail.get("port", 587))
EMAIL_HOST_USER = SIGN_IN.mail.get("user", "")
EMAIL_HOST_PASSWORD = SIGN_IN.mail.get("password", "")
EMAIL_USE_TLS = bool(SIGN_IN.mail.get("tls", True))
DEFAULT_FROM_EMAIL = SIGN_IN.mail.get("from", "firstbell@localhost")

# Sessions and cookies
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "firstbell.platform.web.errors.form_expired"

# What a browser may do with a page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *SIGN_IN.origins],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
X_FRAME_OPTIONS = "DENY"

# Counters of sign-in attempts, shared by all processes of this machine
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "firstbell.platform.log_lines.SafeLines"}},
    "handlers": {
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": HOME / "firstbell.log",
            "delay": True,
            "formatter": "safe",
        },
    },
    "root": {"handlers": ["file"], "level": "WARNING"},
    "loggers": {
        "firstbell": {"level": "INFO"},
        "django": {"handlers": ["file"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["file"], "level": "WARNING", "propagate": False},
    },
}

#: namespace of the opaque ids under which records leave (never shown, kept with the secrets)
SOURCED_ID_NAMESPACE = uuid.UUID(hex=secret("sourced-ids")[:32])
