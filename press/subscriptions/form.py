"""The form for subscribing to press releases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages.declared import reader_language
from core.languages.marked_select import MarkedSelect, native_name_choices
from core.models import Topic
from core.places.countries import alphabetical
from press.forms.base import PressForm
from press.forms.fields import EmailField


class SubscriptionForm(PressForm):
    email = EmailField(help_text=_("It is stored encrypted, used for nothing else, and deleted when you unsubscribe."))
    language = forms.ChoiceField(
        label=_("Language of the press releases"),
        choices=native_name_choices,
        widget=MarkedSelect,
    )
    topics = forms.ModelMultipleChoiceField(
        queryset=Topic.objects.none(),
        to_field_name="slug",
        required=False,
        label=_("Topics"),
        help_text=_("Tick none to receive the press releases on every topic."),
        error_messages={
            "invalid_choice": _("Choose topics from the list."),
            "invalid_list": _("Choose topics from the list."),
        },
        widget=forms.CheckboxSelectMultiple,
    )
    # People do not see it; a program that fills in every field does.
    website = forms.CharField(required=False, max_length=1000, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    traps = frozenset({"website"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        topics.queryset = Topic.objects.all()
        language = reader_language()
        topics.label_from_instance = lambda topic: topic.name(language)
        topics.choices = sorted(topics.choices, key=lambda choice: alphabetical(str(choice[1])))

    def clean(self) -> dict[str, Any]:
        """Reject a form with the hidden field filled in: a person whose browser did that sends it again; a program does
        not.
        """
        if self.cleaned_data.get("website"):
            data: Any = self.data
            self.data = data = data.copy()
            data["website"] = ""
            raise forms.ValidationError(
                _("A field that people cannot see was filled in. It is empty again: send the form once more.")
            )
        return self.cleaned_data
