"""All settings, read from the environment; `docs/settings.md` lists the variables.

Without any variable everything runs embedded: SQLite in `var/`, no Redis, secrets made at the first start.
"""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from smartpos import env
from smartpos.settings.build import static_build_id
from smartpos.settings.logs import logging_config
from smartpos.settings.mail import mail_settings
from smartpos.settings.policy import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from smartpos.settings.secrets import kept_secret

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = env.folder("SMARTPOS_DATA_DIR", BASE_DIR / "var")
# Pictures that people put up; several web processes on several machines share this folder.
MEDIA_DIR = env.folder("SMARTPOS_MEDIA_DIR", DATA_DIR / "media")

DEBUG = env.flag("SMARTPOS_DEBUG")
SECRET_KEY = env.text("SMARTPOS_SECRET_KEY") or kept_secret(DATA_DIR, "secret-key")
# Keyed hashes of PINs and device tokens; its own key, so that rotating SECRET_KEY does not lock every till out.
PIN_KEY = env.text("SMARTPOS_PIN_KEY") or kept_secret(DATA_DIR, "pin-key")
ALLOWED_HOSTS = env.names("SMARTPOS_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_ORIGINS = env.names("SMARTPOS_ORIGINS")
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGINS
DEMO = env.flag("SMARTPOS_DEMO")
# Nobody but this machine reaches the server: its first visitor needs no set-up code.
LOCAL_ONLY = env.flag("SMARTPOS_LOCAL_ONLY")
TRUSTED_PROXIES = env.names("SMARTPOS_TRUSTED_PROXIES")
MAX_BODY_BYTES = env.whole("SMARTPOS_MAX_BODY_BYTES", 10 * 1024 * 1024, least=1024)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_htmx",
    "csp",
    "smartpos.audit",
    "smartpos.outbox",
    "smartpos.people",
    "smartpos.access",
    "smartpos.scheduling",
    "smartpos.mail",
    "smartpos.operations",
    "smartpos.realtime",
    "smartpos.taxes",
    "smartpos.media",
    "smartpos.web",
    "smartpos.imports",
    "smartpos.notifications",
    "inventory",
    "pos",
    "integrations",
    "backoffice",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "smartpos.web.middleware.RequestIdMiddleware",
    "smartpos.web.middleware.PlainQueryMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "smartpos.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smartpos.web.middleware.HtmxErrorMiddleware",
    "smartpos.web.middleware.TooLargeMiddleware",
]

ROOT_URLCONF = "smartpos.urls"
WSGI_APPLICATION = "smartpos.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/sign-in/"
SETUP_URL = "/backoffice/setup/"
CHOOSE_URL = "/choose-business/"

DATABASE_URL = env.address("DATABASE_URL", "sqlite", "postgres", "postgresql") or f"sqlite:///{DATA_DIR / 'smartpos.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=None)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Every writer takes the lock at BEGIN: no half-done transaction can meet "database is locked" at its first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 5}

REDIS_URL = env.address("REDIS_URL", "redis", "rediss", "unix")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smartpos.web.context_processors.shell",
                "smartpos.notifications.context_processors.bell",
            ],
            "builtins": ["django.templatetags.l10n", "smartpos.web.templatetags.smartpos"],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("bs", _("Bosnian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["smartpos.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

# The build id is part of the path, so every file can be cached for ever and old and new pages never mix versions.
STATIC_DIR = BASE_DIR / "static"
STATIC_BUILD = static_build_id(STATIC_DIR)
STATIC_URL = f"/static/{STATIC_BUILD}/"
STATICFILES_DIRS = [STATIC_DIR]
PACK_SCRIPTS = env.flag("SMARTPOS_PACK_SCRIPTS", default=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

HTTPS = env.flag("SMARTPOS_HTTPS")
SESSION_COOKIE_NAME = "smartpos_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "smartpos_csrf"
CSRF_FAILURE_VIEW = "smartpos.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.whole("SMARTPOS_HSTS_SECONDS", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES

MAIL_URL = env.address("SMARTPOS_MAIL_URL", "smtp", "smtps")
DEFAULT_FROM_EMAIL = env.text("SMARTPOS_MAIL_FROM", "SmartPOS <smartpos@localhost>")
# A shop's own computer may speak to a mail server in its own network; a server for many must not be sent there by one of them.
MAIL_LAN = env.flag("SMARTPOS_MAIL_LAN", default=not REDIS_URL)
globals().update(mail_settings(MAIL_URL, DATA_DIR / "mail"))

LOGGING = logging_config(level=env.text("SMARTPOS_LOG_LEVEL", "INFO"), as_json=env.flag("SMARTPOS_LOG_JSON", default=not DEBUG))
