"""What the engine scripts raise; the messages are for the person at the terminal."""

EXIT_MISSING = 3


class EngineError(Exception):
    """Raised if the engine cannot do what was requested; the message is for the person at the terminal."""

    exit_code = 1


class MissingProgramError(EngineError):
    """Raised if a program that the engine needs is not on this machine; the message says how to install it."""

    exit_code = EXIT_MISSING
