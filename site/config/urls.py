"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.urls import serve_pattern

from api.feeds import moved_news_feed
from core.design.components import component_page
from core.files import views as file_views
from core.pages import sitemap, views
from core.pages.routing import SHORT_CODE_LENGTH
from core.social.views import social_image
from second_factor.sign_in import SignInView
from signing_in.page_passwords import authenticate_for_collection, authenticate_for_page
from signing_in.views import AccountView, AskForPasswordView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.choose_language, name="choose_language"),
    path("robots.txt", views.robots),
    path(".well-known/", include("press.room.urls")),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.file, name="sitemap_file"),
    path("api/", include("api.urls")),
    # Before those of Wagtail at the same addresses.
    path("admin/login/", never_cache(SignInView.as_view())),
    path("admin/login/second-factor/", include("second_factor.urls")),
    path("admin/", include([path("account/", require_admin_access(never_cache(AccountView.as_view())))])),
    path("admin/password_reset/", never_cache(AskForPasswordView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's own document addresses are left out: they check only whether a collection is private.
    path("documents/<int:document_id>/<str:document_filename>", file_views.document, name="wagtaildocs_serve"),
    path(
        "documents/<int:document_id>/versions/<int:number>/<str:document_filename>",
        file_views.document_version,
        name="document_version",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_for_collection,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/<path:path>", file_views.media_file),
]

if settings.SHOW_COMPONENTS:
    urlpatterns += i18n_patterns(path("components/", component_page))
urlpatterns += i18n_patterns(
    path("social/<uuid:content_id>/<slug:digest>.jpg", social_image, name="social_image"),
    re_path(rf"^p/(?P<code>[0-9a-fA-F]{{{SHORT_CODE_LENGTH}}})/?$", views.short_address, name="short_address"),
    path("", include("press.urls")),
    path("", include("events.urls")),
    path("feeds/news.atom", moved_news_feed),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_for_page,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", RedirectView.as_view(url="/admin/login/", query_string=True), name="wagtailcore_login"),
    re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
)

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
