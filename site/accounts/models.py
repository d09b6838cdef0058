from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of staff. Our own from the first migration, since a user model cannot be changed later."""
