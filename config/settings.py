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
LAPOR_DEMO_REPORTS = int(os.environ.get("LAPOR_DEMO_REPORTS", "1000"))
LAPOR_PUBLIC_URL = place.address()
LAPOR_NAME = "LAPOR!"
LAPOR_SECURITY_CONTACT = os.environ.get("LAPOR_SECURITY_CONTACT", "")  # a mailto: or https: address (RFC 9116)
LAPOR_KEYS = os.environ.get("LAPOR_KEYS", "file")  # who keeps the key-encryption keys (lapor.vault.custody)
LAPOR_TRANSIT_URL = os.environ.get("LAPOR_TRANSIT_URL", "")
LAPOR_TRANSIT_KEY = os.environ.get("LAPOR_TRANSIT_KEY", "transit/lapor")
LAPOR_TRANSIT_TOKEN = os.environ.get("LAPOR_TRANSIT_TOKEN", "")
LAPOR_TRANSIT_TOKEN_FILE = os.environ.get("LAPOR_TRANSIT_TOKEN_FILE", "")

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
    "lapor.limits",
    "lapor.accounts",
    "lapor.audit",
    "lapor.pulse",
    "lapor.vault",
    "lapor.agencies",
    "lapor.deadlines",
    "lapor.reports",
    "lapor.routing",
    "lapor.channels",
    "lapor.channels.letters",
    "lapor.channels.opendata",
    "lapor.channels.mail",
    "lapor.statistics",
    "lapor.voice",
    "lapor.quality",
    "lapor.causes",
    "lapor.disclosure",
    "lapor.evidence",
    "lapor.privacy",
    "lapor.notify",
    "lapor.transparency",
    "lapor.alarms",
    "lapor.editions",
    "lapor.public",
    "lapor.desk",
    "lapor.api",
    "lapor.backoffice",
    "lapor.worker",
    "lapor.demonstration",
    "lapor.training",
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
    "lapor.vault.unavailable.KeyTroubleMiddleware",
    "lapor.accounts.private.PrivatePagesMiddleware",
    "lapor.accounts.running.InUseMiddleware",
    "lapor.accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lapor.limits.guard.LimitsMiddleware",
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
                "lapor.training.context.practised",
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
# scrypt (RFC 7914) comes with Python, so it costs no dependency; what was hashed before is hashed anew at sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# As NIST SP 800-63B-4 §3.1.1.2 asks: length and a list of what is guessed first; no rules on letters, no expiry.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lapor.accounts.passwords.LongEnough"},
    {"NAME": "lapor.accounts.passwords.NotGuessedFirst"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An address is somebody's only when they have read its mail, and sign-up says the same of known and unknown ones.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_RATE_LIMITS = {  # many people share one address at a mobile carrier: generous by place, strict by account
    "login": "120/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "login_known": "10/5m/key",
    "login_strangers": "100/h/key",
}
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
    "add_webauthn": "lapor.accounts.forms.AddKey",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "borrowed"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATICFILES_DIRS = [BASE_DIR / "lapor" / "static", ("tools", BASE_DIR / "tools")]
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
FILE_UPLOAD_MAX_MEMORY_SIZE = 52 * 1024 * 1024  # five files: what people send is encrypted before it touches a disk
LAPOR_CLAMD = os.environ.get("LAPOR_CLAMD", "")

LAPOR_SMS_NUMBER = os.environ.get("LAPOR_SMS_NUMBER", "1708")
LAPOR_KANNEL_URL = os.environ.get("LAPOR_KANNEL_URL", "")  # of sendsms, e.g. http://127.0.0.1:13013/cgi-bin/sendsms
LAPOR_KANNEL_USER = os.environ.get("LAPOR_KANNEL_USER", "")
LAPOR_KANNEL_PASSWORD = os.environ.get("LAPOR_KANNEL_PASSWORD", "")
LAPOR_KANNEL_SECRET = os.environ.get("LAPOR_KANNEL_SECRET", "")
LAPOR_CHANNEL_SILENCE = int(os.environ.get("LAPOR_CHANNEL_SILENCE", "24"))  # hours
LAPOR_KANNEL_BACK_URL = os.environ.get("LAPOR_KANNEL_BACK_URL", LAPOR_PUBLIC_URL)

LAPOR_TELEGRAM_URL = os.environ.get("LAPOR_TELEGRAM_URL", "https://api.telegram.org")
LAPOR_TELEGRAM_TOKEN = os.environ.get("LAPOR_TELEGRAM_TOKEN", "")
LAPOR_TELEGRAM_SECRET = os.environ.get("LAPOR_TELEGRAM_SECRET", "")
LAPOR_GRAPH_URL = os.environ.get("LAPOR_GRAPH_URL", "https://graph.facebook.com/v23.0")
LAPOR_META_SECRET = os.environ.get("LAPOR_META_SECRET", "")  # of the app: signs what comes from WhatsApp and pages
LAPOR_META_WORD = os.environ.get("LAPOR_META_WORD", "")
LAPOR_WHATSAPP_NUMBER_ID = os.environ.get("LAPOR_WHATSAPP_NUMBER_ID", "")
LAPOR_WHATSAPP_TOKEN = os.environ.get("LAPOR_WHATSAPP_TOKEN", "")
LAPOR_WHATSAPP_TEMPLATE = os.environ.get("LAPOR_WHATSAPP_TEMPLATE", "")
LAPOR_FACEBOOK_PAGE_ID = os.environ.get("LAPOR_FACEBOOK_PAGE_ID", "")
LAPOR_INSTAGRAM_ID = os.environ.get("LAPOR_INSTAGRAM_ID", "")
LAPOR_PAGE_TOKEN = os.environ.get("LAPOR_PAGE_TOKEN", "")
LAPOR_X_URL = os.environ.get("LAPOR_X_URL", "https://api.x.com")
LAPOR_X_MEDIA_URL = os.environ.get("LAPOR_X_MEDIA_URL", "https://ton.twitter.com")
LAPOR_X_USER_ID = os.environ.get("LAPOR_X_USER_ID", "")
LAPOR_X_KEY = os.environ.get("LAPOR_X_KEY", "")
LAPOR_X_SECRET = os.environ.get("LAPOR_X_SECRET", "")
LAPOR_X_TOKEN = os.environ.get("LAPOR_X_TOKEN", "")
LAPOR_X_TOKEN_SECRET = os.environ.get("LAPOR_X_TOKEN_SECRET", "")
LAPOR_YOUTUBE_URL = os.environ.get("LAPOR_YOUTUBE_URL", "https://www.googleapis.com/youtube/v3")
LAPOR_YOUTUBE_TOKEN_URL = os.environ.get("LAPOR_YOUTUBE_TOKEN_URL", "https://oauth2.googleapis.com/token")
LAPOR_YOUTUBE_CHANNEL_ID = os.environ.get("LAPOR_YOUTUBE_CHANNEL_ID", "")
LAPOR_YOUTUBE_CLIENT_ID = os.environ.get("LAPOR_YOUTUBE_CLIENT_ID", "")
LAPOR_YOUTUBE_CLIENT_SECRET = os.environ.get("LAPOR_YOUTUBE_CLIENT_SECRET", "")
LAPOR_YOUTUBE_REFRESH_TOKEN = os.environ.get("LAPOR_YOUTUBE_REFRESH_TOKEN", "")
# For trials alone: systems of partners, and files of services, may then lie on private addresses and without https.
LAPOR_ALLOW_PRIVATE_CALLS = place.flag("LAPOR_ALLOW_PRIVATE_CALLS")

# The public keys of the site for practice, whose certificates are believed here (lapor.agencies.certificates).
LAPOR_TRAINING_KEYS = [
    bytes.fromhex(key) for key in os.environ.get("LAPOR_TRAINING_KEYS", "").replace(",", " ").split()
]

LAPOR_PUSH_KEY = os.environ.get("LAPOR_PUSH_KEY", "")
LAPOR_PUSH_SERVICES = os.environ.get(
    "LAPOR_PUSH_SERVICES",
    "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
).split(",")
LAPOR_ANDROID_APPS = [*filter(None, os.environ.get("LAPOR_ANDROID_APPS", "").split(","))]

EMAIL_HOST = os.environ.get("LAPOR_SMTP_HOST", "")
EMAIL_FILE_PATH = LAPOR_DATA / "outbox"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("LAPOR_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LAPOR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LAPOR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = place.flag("LAPOR_SMTP_TLS")
# The address that people write to; answers come back to it with a tag behind "+". Without one, the channel mail is off.
LAPOR_MAIL_ADDRESS = os.environ.get("LAPOR_MAIL_ADDRESS", "")
LAPOR_MAIL_AUTHSERV_ID = os.environ.get("LAPOR_MAIL_AUTHSERV_ID", "")  # of our own mail server (RFC 8601)
LAPOR_IMAP_HOST = os.environ.get("LAPOR_IMAP_HOST", "")
LAPOR_IMAP_PORT = int(os.environ.get("LAPOR_IMAP_PORT", "993"))
LAPOR_IMAP_USER = os.environ.get("LAPOR_IMAP_USER", "")
LAPOR_IMAP_PASSWORD = os.environ.get("LAPOR_IMAP_PASSWORD", "")
LAPOR_IMAP_FOLDER = os.environ.get("LAPOR_IMAP_FOLDER", "INBOX")
LAPOR_IMAP_CA = os.environ.get("LAPOR_IMAP_CA", "")
DEFAULT_FROM_EMAIL = os.environ.get("LAPOR_FROM_EMAIL", "LAPOR! <tidak-dibalas@lapor.invalid>")

# Where the signed heads of the tree over all history are sent once a day, so that they are in other hands too.
LAPOR_HEADS_FOLDER = os.environ.get("LAPOR_HEADS_FOLDER", "")
LAPOR_HEADS_EMAILS = [*filter(None, os.environ.get("LAPOR_HEADS_EMAILS", "").split(","))]
LAPOR_HEADS_WEBHOOKS = [*filter(None, os.environ.get("LAPOR_HEADS_WEBHOOKS", "").split(","))]

# Under https no other host, and no page without encryption, can plant a cookie of these names (RFC 6265bis §4.1.3.2).
_HOST_ONLY = "__Host-" if _HTTPS else ""
SESSION_ENGINE = "lapor.accounts.sessions"
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST_ONLY}language"
DEVICE_COOKIE_NAME = f"{_HOST_ONLY}device"  # by which accounts.devices knows a browser again
LANGUAGE_COOKIE_SECURE = _HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# Being on the browsers' own list binds the whole domain for years: that is for the owner of the domain to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only behind a proxy that says how it was reached; without one we never see https, and would send people in a circle.
SECURE_SSL_REDIRECT = _HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT > 0
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from inside, without a proxy
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "lapor.lib.quiet_log.QuietFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LAPOR_LOG_LEVEL", "WARNING")},
    # A page not found is no news, and its address may hold a report's code.
    # The client of other services writes whole addresses at INFO, and some of those hold a key of ours.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
