"""The form in which editors write a page. It asks the gate before it publishes, so that nothing typed is lost."""

from __future__ import annotations

from wagtail.admin.forms.pages import WagtailAdminPageForm

from core.models import BasePage

from .gate import Verdict, verdict


class PublicationForm(WagtailAdminPageForm):
    def _post_clean(self) -> None:
        """Show objections to publishing next to the fields; schedule the page if something holds it. A draft may lack
        required values.
        """
        self.instance.is_deferred_validation = self.is_deferred_validation
        super()._post_clean()
        self.instance.is_deferred_validation = False
        if "action-publish" in self.data and self.instance.pk and not self.errors:
            self._ask_the_gate(verdict(self.instance, self.for_user))

    def _ask_the_gate(self, found: Verdict) -> None:
        for refusal in found.refusals:
            if refusal.field in self.formsets:
                continue  # the page still has its old rows; the form checks the submitted ones
            if refusal.field in self.fields:
                self.add_error(refusal.field, refusal.reason)
            else:
                self.add_error(None, refusal.sentence)
        if found.held_until:
            self.instance.go_live_at = max(filter(None, [self.instance.go_live_at, found.held_until]))


BasePage.base_form_class = PublicationForm
