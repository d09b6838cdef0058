from django.contrib.auth.models import AbstractUser


class User(AbstractUser):  # type: ignore[django-manager-missing]  # the managers of Wagtail's files, which has no types
    """A member of staff. Our own from the first migration, since a user model cannot be changed later."""

    def __str__(self) -> str:
        """The name that colleagues know, or else the name for signing in."""
        return self.get_full_name() or self.get_username()
