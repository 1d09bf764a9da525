"""Settings, from the environment where there is one; the defaults make the embedded service work."""

from __future__ import annotations

import sys
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from coregroup.config.secret import secret_key

BASE = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA = Path(env("COREGROUP_DATA", default=str(BASE / "data")))
BUILD = Path(env("COREGROUP_BUILD", default=str(BASE / "build")))
TESTING = "pytest" in sys.modules

DEBUG = env.bool("COREGROUP_DEBUG", default=False)
SECRET_KEY = env("COREGROUP_SECRET_KEY", default="") or secret_key(DATA)
ALLOWED_HOSTS = env.list("COREGROUP_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("COREGROUP_ORIGINS", default=[])
HTTPS = env.bool("COREGROUP_HTTPS", default=False)
ADDRESS = env("COREGROUP_ADDRESS", default="http://127.0.0.1:" + env("PORT", default="8000"))
COREGROUP_GALLERY = env.bool("COREGROUP_GALLERY", default=DEBUG or TESTING)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "coregroup.records.apps.RecordsConfig",
    "coregroup.jobs.apps.JobsConfig",
    "coregroup.commands.apps.CommandsConfig",
]

MIDDLEWARE = [
    "coregroup.config.middleware.answer_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coregroup.config.middleware.name_the_actor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "coregroup.config.urls"
WSGI_APPLICATION = "coregroup.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted((BASE / "coregroup" / "web").glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "coregroup.web.jinja.environment",
            "context_processors": ["coregroup.web.kit.context.page_context"],
        },
    },
    {  # allauth looks for a few texts of its own (mail subjects) in Django's language
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

if env("DATABASE_URL", default=""):
    DATABASES = {"default": env.db("DATABASE_URL")}
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "coregroup.sqlite3"),
            # FULL: what is acknowledged is on the disk. IMMEDIATE: two writers wait instead of failing.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    }
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # a door's audit line commits before the verb begins

AUTH_USER_MODEL = "records.Account"
AUTHENTICATION_BACKENDS = ["coregroup.access.sign_in.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "coregroup.access.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who is nobody here gets no mail from us
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "coregroup_cache",
    }
}

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "coregroup.web.kit.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "coregroup.web.kit.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
COREGROUP_LARGEST_FILE = env.int("COREGROUP_LARGEST_FILE", default=10 * 1024 * 1024)

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", _("English")), ("cy", _("Cymraeg"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE / "coregroup" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BUILD / "static"] if (BUILD / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60
FILES = DATA / "files"

EMAIL_BACKEND = env("COREGROUP_EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA / "outbox"
vars().update(env.email("EMAIL_URL", default="") if env("EMAIL_URL", default="") else {})
DEFAULT_FROM_EMAIL = env("COREGROUP_FROM", default="coregroup <no-reply@coregroup.invalid>")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail addresses are unique without regard to case, by constraint

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Its warnings name the address of every page not found: a case's id, or a one-time link's token.
    "loggers": {"django.request": {"level": "ERROR"}},
}
