"""The Django project. Everything an installation can change comes from `environment`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tresen.config.databases import database_settings
from tresen.config.environment import environment
from tresen.config.fingerprint import fingerprint
from tresen.timekeeping import wall

_environment = environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = _environment.secret_key.get_secret_value()
DEBUG = _environment.debug
DEMO = _environment.demo
DEMO_PLATFORMS = _environment.demo_platforms if DEMO else ""
wall.keep(_environment.demo_clock if DEMO else None)
ALLOWED_HOSTS = list(_environment.answered_hosts)
BASE_URL = _environment.base_url
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE = BASE_URL.startswith("https://")
VAULT_KEYS = [key.get_secret_value() for key in _environment.vault_keys]

DATABASES = {"default": database_settings(_environment.database_url.get_secret_value(), pooled=_environment.pooled)}
DATABASE_DIRECT_URL = (_environment.database_direct_url or _environment.database_url).get_secret_value()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tresen.accounts",
    "tresen.vault",
    "tresen.files",
    "tresen.staffing",
    "tresen.stores",
    "tresen.customers",
    "tresen.orders",
    "tresen.tickets",
    "tresen.chats",
    "tresen.sla",
    "tresen.routing",
    "tresen.duties",
    "tresen.partners",
    "tresen.actions",
    "tresen.outbox",
    "tresen.replies",
    "tresen.intake",
    "tresen.reports",
    "tresen.board",
    "tresen.alerts",
    "tresen.workspace",
    "tresen.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tresen.workspace.signing_out.SignedInMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tresen.workspace.middleware.AgentMiddleware",  # after the browser's language: the agent's own wins
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tresen.config.urls"
WSGI_APPLICATION = "tresen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "workspace" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "tresen.workspace.templating.jinja_environment",
            "context_processors": [
                "tresen.workspace.templating.form_token",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

AUTH_USER_MODEL = "accounts.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # Amazon's data protection policy asks for twelve characters (see docs/channels/amazon.md).
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "tresen.workspace.sign_in.NoSignUp"
ACCOUNT_FORMS = {
    "login": "tresen.workspace.sign_in_forms.SignInForm",
    "change_password": "tresen.workspace.sign_in_forms.OtherPasswordForm",
    "reset_password_from_key": "tresen.workspace.sign_in_forms.ChosenPasswordForm",
}
# Whoever opened the link could sign in with the password they chose anyway; a second factor is asked for all the same.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("it", _("Italian"))]
SILENCED_SYSTEM_CHECKS: list[str] = []
LOCALE_PATHS = [PACKAGE / "workspace" / "locale"]
LANGUAGE_COOKIE_NAME = "tresen_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATICFILES_DIRS = [PACKAGE / "workspace" / "static"]
STATIC_URL = f"/static/{fingerprint(STATICFILES_DIRS[0], packages=['django-htmx', 'django-allauth', 'django'])}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = ".*"  # the fingerprint in the address changes with the files
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
