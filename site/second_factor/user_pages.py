"""The pages of users in the admin: Wagtail's, with a button in the menu of the one on which a user is edited."""

from __future__ import annotations

from typing import Any

from wagtail.users.views.users import EditView as WagtailEditView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .wagtail_hooks import button_of_user


class EditView(WagtailEditView):
    @property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *button_of_user(self.object, self.request.user)]


class UserViewSet(WagtailUserViewSet):
    edit_view_class = EditView
