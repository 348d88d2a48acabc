"""Modules are documented and export existing names; installation beside other packages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

import sage

LINKED = ("assets", "critics", "generators", "service")
"""Folders at the top of the repository which are subpackages of `sage` by way of symbolic links."""
MODULES = ["sage", *(info.name for info in pkgutil.walk_packages(sage.__path__, "sage."))]


def test_no_other_distribution_owns_our_name() -> None:
    assert set(packages_distributions().get("sage", [])) <= {"sage-scenes"}


def test_our_name_comes_from_this_checkout(project: Path) -> None:
    assert [Path(path) for path in sage.__path__] == [project / "sage"]


@pytest.mark.parametrize("name", LINKED)
def test_a_folder_at_the_top_is_a_subpackage(name: str, project: Path) -> None:
    (path,) = importlib.import_module(f"sage.{name}").__path__
    assert Path(path).resolve() == project / name


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
    assert data["project"]["scripts"] == {"sage": "sage.service.cli:main"}
    assert data["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["sage"]
    generating = [name for name in data["project"]["dependencies"] if "python_version < '3.12'" in name]
    assert len(generating) > 10
    assert all("==" in requirement for requirement in generating)


def test_types_and_data_files_ship_with_the_packages(project: Path) -> None:
    assert (project / "sage" / "py.typed").is_file()
    assert list((project / "generators" / "recipes").glob("*.toml"))
    assert (project / "assets" / "knowledge" / "categories.json").is_file()


def test_sage_works_beside_packages_of_the_same_names(
    tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    for name in LINKED:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise ImportError('a package of the user')\n")
    code = "import sage; print(len(sage.generate('a kitchen', density='sparse').scene.objects) > 3)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=clean_environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "True", done.stderr


ENGINES = {
    "coacd", "embreex", "en_core_web_sm", "langgraph", "mujoco", "networkx", "open3d", "openai", "PIL", "pxr",
    "pybullet", "ray", "scipy", "spacy", "spellchecker", "trimesh",
}  # fmt: skip


@pytest.mark.parametrize("name", ["sage.client", "sage.dataset"])
def test_the_client_and_the_dataset_reader_need_no_engine(
    name: str, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    code = f"import sys, {name}; print(sorted({ENGINES!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=clean_environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_missing_engine_is_named_with_the_way_out(clean_environment: dict[str, str]) -> None:
    code = "import sys; sys.modules['pybullet'] = None; import sage; sage.generate"
    done = subprocess.run([sys.executable, "-c", code], env=clean_environment, capture_output=True, text=True)
    assert "sage.generate needs the package 'pybullet'" in done.stderr
    assert "Python 3.11" in done.stderr
