"""The URLs of the site, with Wagtail's own API v2 below /stock/ and its search page at /<language>/stock-search/."""

from django.urls import path

from config.urls import urlpatterns as site_urlpatterns
from deploy.benchmarks.stock_api import router
from deploy.benchmarks.stock_search import stock_search

urlpatterns = [
    path("stock/", router.urls),
    path("<str:language>/stock-search/", stock_search),
    *site_urlpatterns,
]
