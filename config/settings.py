"""Every setting of LAPOR, read from the environment; the table in README.md names each one.

Nothing below `lapor/` imports this module: rooms read `django.conf.settings`.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from config import database, place, secret
from config.place import BASE_DIR

LAPOR_DATA = place.data()
LAPOR_DEMO = place.flag("LAPOR_DEMO")  # demonstration accounts and their one-time codes are shown
LAPOR_PUBLIC_URL = place.address()
LAPOR_NAME = "LAPOR!"
LAPOR_SECURITY_CONTACT = os.environ.get("LAPOR_SECURITY_CONTACT", "")  # a mailto: or https: address (RFC 9116)

DEBUG = place.flag("LAPOR_DEBUG")
SECRET_KEY = secret.django_secret_key(LAPOR_DATA)
_HTTPS = LAPOR_PUBLIC_URL.startswith("https://")
_OWN_HOST = urlsplit(LAPOR_PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [
    *{_OWN_HOST, "127.0.0.1", "localhost", "[::1]"},
    *filter(None, os.environ.get("LAPOR_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [LAPOR_PUBLIC_URL]
# How many proxies stand in front of us. Only then may a header say who asks (rate limits), and whether by https.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LAPOR_PROXIES", "0"))
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "lapor.accounts",
    "lapor.audit",
    "lapor.pulse",
    "lapor.vault",
    "lapor.agencies",
    "lapor.deadlines",
    "lapor.reports",
    "lapor.routing",
    "lapor.channels.opendata",
    "lapor.statistics",
    "lapor.notify",
    "lapor.transparency",
    "lapor.public",
    "lapor.desk",
    "lapor.api",
    "lapor.backoffice",
    "lapor.worker",
    "lapor.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
]

MIDDLEWARE = [
    "config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, so that their length tells nothing of their secrets
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lapor.accounts.private.PrivatePagesMiddleware",
    "lapor.accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "lapor" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lapor.accounts.context.site",
            ]
        },
    }
]

DATABASES = {"default": database.settings(LAPOR_DATA)}
CACHES = {  # in the database: sign-in limits and used codes must hold across all web workers
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lapor.accounts.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "lapor.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "lapor.accounts.forms.SignUp"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "LAPOR! "
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = LAPOR_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ADAPTER = "lapor.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "lapor.accounts.forms.OnceAuthenticate",
    "reauthenticate": "lapor.accounts.forms.OnceReauthenticate",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "borrowed"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATICFILES_DIRS = [BASE_DIR / "lapor" / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = LAPOR_DATA / "static"
MEDIA_ROOT = LAPOR_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_HOST = os.environ.get("LAPOR_SMTP_HOST", "")
EMAIL_FILE_PATH = LAPOR_DATA / "outbox"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("LAPOR_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LAPOR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LAPOR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = place.flag("LAPOR_SMTP_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("LAPOR_FROM_EMAIL", "LAPOR! <tidak-dibalas@lapor.invalid>")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = _HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LAPOR_LOG_LEVEL", "WARNING")},
    # A page not found is no news, and its address may hold a report's code.
    "loggers": {"django.request": {"level": "ERROR"}},
}
