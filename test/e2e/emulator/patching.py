"""Replaces functions of the emulator by name, and stops at once where a name is no longer there."""

from importlib.metadata import version

PINNED = "1.5.33"


def check_version():
    """The patches fit one version: they reach into private functions."""
    found = version("ministack")
    if found != PINNED:
        raise SystemExit(f"ministack: found {found}; allowed: {PINNED}, which the patches are written for")


def original(module, name):
    """What a module holds under a name."""
    if not hasattr(module, name):
        raise SystemExit(f"{module.__name__}.{name} is gone: the patches do not fit this emulator")
    return getattr(module, name)


def replace(module, name, make):
    """Puts make(original) in the place of the original."""
    setattr(module, name, make(original(module, name)))


def replace_text(module, name, old, new):
    """Replaces a stretch of a text that stands in a module exactly once."""
    text = original(module, name)
    if text.count(old) != 1:
        raise SystemExit(f"{module.__name__}.{name}: a stretch stands in it {text.count(old)} times, not once: {old}")
    setattr(module, name, text.replace(old, new))
