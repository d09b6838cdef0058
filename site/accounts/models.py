from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # the managers of Wagtail's files, which has no types
    """A member of staff. A custom model from the first migration, since a user model cannot be changed later."""

    def __str__(self) -> str:
        """Return the name that colleagues know, otherwise the name for signing in."""
        return self.get_full_name() or self.get_username()
