"""The site, and Wagtail's own API v2 below /stock/."""

from django.urls import path

from config.urls import urlpatterns as site_urlpatterns
from deploy.benchmarks.stock_api import router

urlpatterns = [path("stock/", router.urls), *site_urlpatterns]
