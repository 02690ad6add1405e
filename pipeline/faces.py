"""Faces of packages: exported names whose modules are imported on first use."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["lazy_face"]


def lazy_face(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return the ``__getattr__`` and ``__dir__`` (PEP 562) and the ``__all__`` of a package.

    ``modules`` maps each module of the package to its exported names, separated by spaces. A name
    is looked up once; after that it is an attribute like any other.

    Raises:
        AttributeError: by the ``__getattr__``, for a name that is not exported.
    """
    home = {name: module for module, names in modules.items() for name in names.split()}

    def load(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home[name]}"), name)
        # Python calls a module's __getattr__ only for names that it lacks.
        setattr(sys.modules[package], name, value)
        return value

    names = sorted(home)
    return load, lambda: names, names
