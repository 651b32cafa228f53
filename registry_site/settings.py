"""Settings of the site, read top to bottom. The README has a table of the environment variables."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from registry_site import environment
from registry_site.databases import connections_to
from registry_site.release import release_of

BASE_DIR = Path(__file__).resolve().parent.parent
# Requests are threads already: the encoder of searches takes none of its own. numpy reads this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Environment ---------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY", default="only-for-development" if DEBUG else None)
# Earlier ones, with which sessions and secrets are still read.
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS", default="")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default="localhost,127.0.0.1" if DEBUG else None)
DATABASE_URL = environment.text("DATABASE_URL")
# The same database as a role that may read what is public, and nothing else: for public pages. On
# several servers, with blanks between them: a comma may be part of a password.
PUBLIC_DATABASE_URLS = environment.text("PUBLIC_DATABASE_URL", default="").split()
# How far behind a server may be that follows another: then it is not read from.
PUBLIC_SECONDS_BEHIND = environment.number("PUBLIC_SECONDS_BEHIND", default=2)
# Shows a banner on every page: the entries are made up.
DEMONSTRATION = environment.flag("DEMONSTRATION", default=False)
# Where the public reaches the site, for canonical addresses. Empty: taken from the request.
SITE_URL = environment.origin("SITE_URL")
# False only where the site is served without TLS, on one's own machine.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
# Where the admin is reached, for the links in mails.
ADMIN_URL = environment.origin("ADMIN_URL")
# Whether everybody in the admin needs a second factor to log in.
TWO_FACTOR = environment.flag("TWO_FACTOR", default=True)
# What the secrets of second factors are encrypted with, then earlier ones; none: with SECRET_KEY.
MFA_KEYS = environment.words("MFA_KEY", default="")
# After how many minutes without activity a session of the admin ends, and after how many hours at
# the latest.
SESSION_MINUTES = environment.number("SESSION_MINUTES", default=30, minimum=1)
SESSION_HOURS = environment.number("SESSION_HOURS", default=12, minimum=1)
# Seconds after which the database gives up a query of the site; 0 never. Commands have no limit.
STATEMENT_TIMEOUT = environment.number("STATEMENT_TIMEOUT", default=5)
# How long a cache may keep a public answer before it asks again.
PUBLIC_CACHE_SECONDS = environment.number("PUBLIC_CACHE_SECONDS", default=60)
# Whether requests are measured: gunicorn says so where somebody may ask (METRICS_BIND).
METRICS = "PROMETHEUS_MULTIPROC_DIR" in os.environ
# Whether what is written for an operator are lines of JSON.
LOG_JSON = environment.flag("LOG_JSON", default=False)
# Whether searches also find what says the same in other words; each process reads an encoder then.
SEARCH_MEANING = environment.flag("SEARCH_MEANING", default=True)

if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of the site, not '*'.")

# Ports other than those of these addresses are refused, once somebody gave one of them.
KNOWS_ITS_PORTS = bool(SITE_URL or ADMIN_URL)
if not ADMIN_URL:
    scheme = "https" if HTTPS else "http"
    ADMIN_URL = SITE_URL or f"{scheme}://{ALLOWED_HOSTS[0].removeprefix('.')}"

# Application ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",
    "organisations",
    "processing",
    "contact",
    "registry_site.apps.RegistrySiteConfig",
    "registry_site.accounts.apps.AccountsConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
    # Around all: whatever answers.
    "registry_site.watching.request_ids.name_the_request",
    "registry_site.watching.requests.measure_requests",
    "registry_site.middleware.send_no_content_with_a_head",
    "registry_site.middleware.answer_health_checks",
    "registry_site.middleware.forget_cookies_of_visitors",
    # Around all that may refuse a request: a refusal has the policy too, and is not cached.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "registry_site.middleware.stay_out_of_other_sites",
    "registry_site.middleware.cache_what_is_declared",
    # Around all that may refuse what programs ask.
    "processing.api.middleware.answer_as_an_api",
    "registry_site.hosts.refuse_other_ports",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "registry_site.middleware.LanguageOfTheAddress",
    "registry_site.middleware.refuse_malformed_requests",
    "registry_site.middleware.tell_when_it_takes_too_long",
    "registry_site.accounts.limits.limit_account_forms",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before the first that reads a form: that one of CSRF does so when the view is known.
    "registry_site.request_content.refuse_unfit_content",
    # When the content is there, so that nobody waits for a slow sender; before asking who it is.
    "registry_site.turns.serve_the_admin_in_turn",
    "registry_site.accounts.sessions.end_long_sessions",
    "registry_site.middleware.speak_the_persons_language",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
                "registry_site.context_processors.session",
            ],
            "builtins": [
                "organisations.templatetags.addresses",
                "organisations.templatetags.days",
            ],
        },
    },
]

FORM_RENDERER = "registry_site.form_renderer.FormRenderer"

# Database ------------------------------------------------------------------------------------

# Their names, in which the last is the server of DATABASE_URL: organisations/public_servers.py.
DATABASES, PUBLIC_SERVERS = connections_to(
    DATABASE_URL, PUBLIC_DATABASE_URLS, statement_timeout=STATEMENT_TIMEOUT
)
if PUBLIC_SERVERS:
    DATABASE_ROUTERS = ["organisations.read_snapshot.PublicReads"]
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
# No other site has a use for our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Names what is deployed in validators of public answers: a new release makes the old answers
# stale.
RELEASE = environment.text("RELEASE", default="") or release_of(BASE_DIR, static_root=STATIC_ROOT)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "registry_site.static_files.BundledStaticFilesStorage"
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
# No other site in the same domain, and nobody on the way, can set a cookie of such a name.
COOKIE_PREFIX = "__Secure-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
# No script of ours or of the admin reads it.
CSRF_COOKIE_HTTPONLY = True
# Not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "registry_site.unaccepted_forms.csrf_failure"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = SESSION_MINUTES * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A form may hold the largest activity (processing/publishing.py), and no more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_300_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# A file of a register stays in memory: a process that is killed leaves nothing behind in /tmp.
FILE_UPLOAD_MAX_MEMORY_SIZE = 9_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# How many requests of the admin a process has in hand, one of which it answers at a time: the other
# threads are for the public.
ADMIN_PLACES = max(1, environment.number("WEB_THREADS", default=8, minimum=1) // 2)

# Accounts of the admin -----------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["registry_site.roles.RoleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_ADAPTER = "registry_site.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# allauth would count in the cache, which each process has for itself and strangers can push out of:
# registry_site/accounts/ counts in the database (attempts, limits, second_step).
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "registry_site.accounts.encryption.MFAAdapter"
MFA_FORMS = {
    "authenticate": "registry_site.accounts.forms.AuthenticateForm",
    "reauthenticate": "registry_site.accounts.forms.ReauthenticateForm",
    "activate_totp": "registry_site.accounts.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Federal register"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# How many forms about accounts one network may send in five minutes, and who has logged in before.
ACCOUNT_FORMS_PER_NETWORK = environment.number("ACCOUNT_FORMS_PER_NETWORK", default=30, minimum=1)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "registry_site.accounts.passwords.CommonPasswordValidator"},
]

# Questions from citizens ---------------------------------------------------------------------

# How long what they wrote is kept, in months after the answer; the privacy page tells these.
QUESTION_MONTHS = environment.number("QUESTION_MONTHS", default=12, minimum=1)
RIGHT_MONTHS = environment.number("RIGHT_MONTHS", default=12, minimum=1)
ERROR_MONTHS = environment.number("ERROR_MONTHS", default=6, minimum=1)
# And a mail about them, in days after it was delivered.
MAIL_DAYS = environment.number("MAIL_DAYS", default=30)
# How many questions may come from one network in a day, and acknowledgements go to one address.
QUESTIONS_PER_NETWORK = environment.number("QUESTIONS_PER_NETWORK", default=20, minimum=1)
ACKNOWLEDGEMENTS = 5
# From which question of a day on the people of a body get one mail for all that follow.
QUESTIONS_PER_BODY = environment.number("QUESTIONS_PER_BODY", default=200, minimum=1)
# How many links for a new password somebody may be sent in a day.
PASSWORD_LINKS = 5
# The header in which the proxy in front says for whom it asks, such as X-Real-IP; REMOTE_ADDR
# where visitors connect to the site itself.
CLIENT_ADDRESS_HEADER = environment.text("CLIENT_ADDRESS_HEADER", default="")
if CLIENT_ADDRESS_HEADER not in ("", "REMOTE_ADDR"):
    CLIENT_ADDRESS_HEADER = f"HTTP_{CLIENT_ADDRESS_HEADER.upper().replace('-', '_')}"

# The site itself -----------------------------------------------------------------------------

# The body that runs the site, and the entries of its register that are about the site: the privacy
# statement is made from them.
SITE_BODY = environment.text("SITE_BODY", default="fps-bosa" if DEMONSTRATION else "")
SITE_ENTRIES = environment.numbers("SITE_ENTRIES", default="5,9" if DEMONSTRATION else "")
# Where to report a weakness (RFC 9116), and until when that holds. Without them, no security.txt.
SECURITY_CONTACT = environment.words("SECURITY_CONTACT", default="")
SECURITY_EXPIRES = environment.day("SECURITY_EXPIRES")
# What others may do with the published data.
DATA_LICENCE = "CC0 1.0"
DATA_LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/deed.{language}"

# What public pages show of the settings: with another value, they are other pages.
SHOWN_ON_PAGES = (
    *("RELEASE", "DEMONSTRATION", "SITE_URL", "SITE_BODY", "SITE_ENTRIES", "SESSION_MINUTES"),
    *("QUESTION_MONTHS", "RIGHT_MONTHS", "ERROR_MONTHS", "MAIL_DAYS", "SEARCH_MEANING"),
)

# Mail ----------------------------------------------------------------------------------------

# Every mail waits in the outbox until `manage.py send_mail` takes it there:
EMAIL_BACKEND = "contact.outbox.EmailBackend"
# Mails become files in this directory instead of being sent. A demonstration mails nobody.
EMAIL_FILE_PATH = environment.text(
    "MAIL_DIRECTORY", default=str(BASE_DIR / "var" / "mail") if DEMONSTRATION else ""
)
MAIL_TRANSPORT = (
    "contact.mail_files.EmailBackend"
    if EMAIL_FILE_PATH
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = environment.address("MAIL_HOST", default="localhost")
EMAIL_PORT = environment.number("MAIL_PORT", default=25)
EMAIL_HOST_USER = environment.text("MAIL_USER", default="")
EMAIL_HOST_PASSWORD = environment.text("MAIL_PASSWORD", default="")
EMAIL_USE_TLS = environment.flag("MAIL_TLS", default=False)
EMAIL_TIMEOUT = environment.number("MAIL_TIMEOUT", default=20, minimum=1)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.address(
    "MAIL_FROM", default=f"register@{ALLOWED_HOSTS[0].removeprefix('.')}"
)

# Logging: to the standard error stream, without personal data ---------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "registry_site.log.WithoutValues",
            "format": "{levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "registry_site.log.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_JSON else "line",
        },
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Its warnings: what LOG_LEVEL leaves out (registry_site/gunicorn_settings.py).
        "gunicorn.http": {"handlers": ["nothing"], "propagate": False},
        # A 404 is a visitor's typing error, not news for an operator.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # What is refused with a 400, whoever sent it; but many forms without a token may mean that
        # the proxy in front is set up wrongly.
        "django.security": {"handlers": ["nothing"], "propagate": False},
        "django.security.csrf": {"handlers": ["console"], "propagate": False},
    },
}
