"""Settings of the site, read top to bottom. The README has a table of the environment variables."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from registry_site import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# Environment ---------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY", default="only-for-development" if DEBUG else None)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default="localhost,127.0.0.1" if DEBUG else None)
DATABASE_URL = environment.text("DATABASE_URL")
# Shows a banner on every page: the entries are made up.
DEMONSTRATION = environment.flag("DEMONSTRATION", default=False)
# Where the public reaches the site, for canonical addresses. Empty: taken from the request.
SITE_URL = environment.text("SITE_URL", default="").rstrip("/")
# False only where the site is served without TLS, on one's own machine.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
# Names this build in validators of public answers: a new release makes the old answers stale.
RELEASE = environment.text("RELEASE", default="development")
# Seconds after which the database gives up a query of the site; 0 never. Commands have no limit.
STATEMENT_TIMEOUT = environment.number("STATEMENT_TIMEOUT", default=5)
# How long a cache may keep a public answer before it asks again.
PUBLIC_CACHE_SECONDS = environment.number("PUBLIC_CACHE_SECONDS", default=60)

if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the site, not '*'.")

# Application ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",
    "organisations",
    "processing",
    "registry_site.apps.RegistrySiteConfig",
    "csp",
    "registry_site.apps.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "registry_site.middleware.answer_health_checks",
    "registry_site.middleware.forget_cookies_of_visitors",
    # Around all that may refuse a request: a refusal has the policy too, and is not cached.
    "csp.middleware.CSPMiddleware",
    "registry_site.middleware.never_cache_errors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "registry_site.middleware.refuse_malformed_requests",
    "registry_site.middleware.tell_when_it_takes_too_long",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "registry_site.urls"
WSGI_APPLICATION = "registry_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry_site.context_processors.site",
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL, conn_max_age=600, conn_health_checks=True, ssl_require=False
    )
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must be the address of a PostgreSQL database.")
if STATEMENT_TIMEOUT:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        f"-c statement_timeout={STATEMENT_TIMEOUT * 1000}"
    )
# An address without a scheme means https, as it will from Django 6 on.
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages -----------------------------------------------------------------------------------

LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")]
# The source language of the interface texts. No language is special to visitors.
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["registry_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Which language stands in where a body wrote nothing in the language of the page.
FALLBACK_LANGUAGES = {
    "nl": ("fr", "en", "de"),
    "fr": ("nl", "en", "de"),
    "de": ("fr", "nl", "en"),
    "en": ("nl", "fr", "de"),
}
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("nl", "fr", "de", "en"), **FALLBACK_LANGUAGES}

# Static files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Security ------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        # The stylesheet masks its icons with data: images.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# Not no-referrer: over HTTPS the CSRF check of the admin needs the referrer of the site itself.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
LOGIN_REDIRECT_URL = "/admin/"
# An activity with many rows in four languages has many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["registry_site.roles.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Logging: to the standard error stream, without personal data ---------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "registry_site.log.WithoutValues",
            "format": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # A 404 is a visitor's typing error, not news for an operator.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nothing"], "propagate": False},
    },
}
