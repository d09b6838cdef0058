from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.editing import Editing


@pytest.fixture
def editing(editor_client: Client, editor: User) -> Editing:
    """The admin in the hands of a member of the communications staff."""
    return Editing(editor_client, editor)
