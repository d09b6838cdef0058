"""What stops the installation; the message says what to do."""


class StackError(Exception):
    pass
