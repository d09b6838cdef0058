"""The types of content, as readers and partners know them."""

from __future__ import annotations

TYPE_LABELS = {
    "news": {"ar": "أخبار", "en": "News", "fr": "Actualités"},
    "press_release": {"ar": "بيانات صحفية", "en": "Press releases", "fr": "Communiqués de presse"},
    "publication": {"ar": "منشورات", "en": "Publications", "fr": "Publications"},
    "programme": {"ar": "برامج", "en": "Programmes", "fr": "Programmes"},
    "page": {"ar": "صفحات", "en": "Pages", "fr": "Pages"},
}
