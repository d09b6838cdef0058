from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Inquiry(models.Model):
    """A journalist's question. Neither the address nor the browser of the sender is kept."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")

    reference = models.CharField(_("reference"), max_length=20, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=160)
    outlet = models.CharField(_("media outlet"), max_length=160)
    email = models.EmailField(_("e-mail"), max_length=254)
    deadline = models.DateTimeField(_("deadline"))
    question = models.TextField(_("question"), max_length=5000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("press inquiry")
        verbose_name_plural = _("press inquiries")
        ordering = ["deadline", "pk"]

    def __str__(self) -> str:
        return self.reference or ""
