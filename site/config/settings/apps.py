"""What the site is made of: applications, and the layers that a request and a template pass through."""

from config.environment import BASE_DIR

INSTALLED_APPS = [
    "core",
    "api",
    "publishing",
    "accounts",
    "mailing",
    "signing_in",
    "bundles",
    "home",
    "events",
    "news",
    "research",
    "press",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.web.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "api.middleware.ApiMiddleware",
    "core.middleware.TextSanityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.FormSizeMiddleware",
    "core.pictures.save_data.SaveDataMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.web.indentation.IndentationMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "signing_in.sessions.SessionLimitsMiddleware",
    "press.desk.signed_out.KeepTypedMiddleware",
    "core.middleware.UnitOfWorkMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "publishing.progress.LargeChangeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.pages.redirect_middleware.RedirectMiddleware",
]

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
                "core.context_processors.office",
            ],
            "builtins": ["core.templatetags.site_tags"],
        },
    }
]
