"""Our names belong to us, exist, and say what they are."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

PACKAGES = ("sage", "assets", "generators", "critics", "service")


def module_names() -> list[str]:
    found = []
    for package in PACKAGES:
        module = importlib.import_module(package)
        found += [package, *(info.name for info in pkgutil.walk_packages(module.__path__, f"{package}."))]
    return found


MODULES = module_names()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"sage-scenes"}


@pytest.mark.parametrize("package", PACKAGES)
def test_our_names_come_from_this_checkout(package: str, project: Path) -> None:
    module = importlib.import_module(package)
    assert [Path(path) for path in module.__path__] == [project / package]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_and_lists_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    assert inspect.getdoc(module)
    offered = getattr(module, "__all__", None)
    if offered is None:
        assert not public(module), "a module that defines public names lists them in __all__"
        return
    assert list(offered) == sorted(offered, key=_isort_key) and len(set(offered)) == len(offered)
    assert [entry for entry in offered if not hasattr(module, entry)] == []


def _isort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as the linter sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def public(module: ModuleType) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_offers_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    for entry in getattr(module, "__all__", ()):
        value = getattr(module, entry)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert (value.__doc__ or "").strip(), f"{name}.{entry}"
            assert inspect.isclass(value) or value.__annotations__.keys() >= {"return"}, f"{name}.{entry}"


def test_the_version_and_the_command_are_declared_once(project: Path) -> None:
    data = tomllib.loads((project / "pyproject.toml").read_text())
    assert data["project"]["scripts"] == {"sage": "service.cli:main"}
    assert data["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == sorted(
        PACKAGES, key=_wheel_order
    )
    assert all("==" in requirement for requirement in data["project"]["dependencies"])


def _wheel_order(package: str) -> int:
    return ("sage", "assets", "critics", "generators", "service").index(package)


def test_types_and_data_files_ship_with_the_packages(project: Path) -> None:
    for package in PACKAGES:
        assert (project / package / "py.typed").is_file(), package
    assert list((project / "generators" / "recipes").glob("*.toml"))
    assert (project / "assets" / "knowledge" / "categories.json").is_file()
