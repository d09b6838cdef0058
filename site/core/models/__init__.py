"""The models that every page type shares. Each lives in a module of its own name."""

from .base_page import BasePage, ClassifiedPage
from .content_document import ContentDocument
from .content_image import ContentImage, ContentRendition
from .corrected_page import CorrectedPage, Correction
from .countries import CountriesField, validate_country_codes
from .document_version import DocumentVersion, public_versions
from .embargoed_page import EmbargoedPage
from .office import OfficeSettings
from .rate_count import AttemptCount, RateCount, RateSalt
from .topic import Topic, TopicName

__all__ = [
    "AttemptCount",
    "BasePage",
    "ClassifiedPage",
    "ContentDocument",
    "ContentImage",
    "ContentRendition",
    "CorrectedPage",
    "Correction",
    "CountriesField",
    "DocumentVersion",
    "EmbargoedPage",
    "OfficeSettings",
    "RateCount",
    "RateSalt",
    "Topic",
    "TopicName",
    "public_versions",
    "validate_country_codes",
]
