"""Settings from the environment, with errors that name the variable."""

import os
from pathlib import Path


class SettingError(ValueError):
    """A variable holds something that cannot be used; the message names it and says what is expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"Environment variable {name}={value!r} cannot be used: expected {expected}.")


def text(name: str, default: str = "") -> str:
    """The variable, or the default where it is absent or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(name, value, "1 or 0")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number not below `least`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise SettingError(name, value, f"a whole number of {least} or more")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that can be written; made when missing."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(name, str(path), f"a folder that can be made ({error.strerror})") from error
    return path


def address(name: str, *schemes: str) -> str:
    """A URL of one of the schemes, or nothing."""
    value = os.environ.get(name, "").strip()
    if value and not value.startswith(tuple(f"{scheme}:" for scheme in schemes)):
        # What comes after the scheme may hold a password.
        raise SettingError(name, f"{value.partition(':')[0]}:…", " or ".join(f"{scheme}:…" for scheme in schemes))
    return value
