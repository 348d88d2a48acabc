"""Detection of program code and prompt injection in place of a scene description."""

from __future__ import annotations

import re

__all__ = ["EXAMPLE", "unsuited"]

_PROGRAM = re.compile(
    r"\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|prompts?|rules|guidelines)\b"
    r"|\b(print|reveal|repeat|output|display|leak|show)\b.{0,30}\b((system )?prompts?|system message)\b"
    r"|\b(api key|source code|environment variables?)\b",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(
    r"</?\w+[^<>]*>"
    r"|\bselect\b.+\bfrom\b.+|\b(drop|truncate) table\b|\binsert into\b.+\bvalues\b"
    r"|\bdef \w+\(.*\)\s*:|\b(import|from) [\w.]+\s*(;|import\b)|\bfunction\s*\w*\(.*\)\s*\{"
    r"|\w\.\w+\([^)]*\)\s*;?|#include\b|\brm -rf\b|=>\s*\{",
    re.IGNORECASE | re.DOTALL,
)
EXAMPLE = "try for example 'put the mug on the table' or 'a bedroom with a desk'"


def unsuited(prompt: str) -> str | None:
    """Return an error message if a prompt is code or an instruction to the program, else None."""
    if _PROGRAM.search(prompt):
        return f"this is an instruction to the program, which only generates scenes: {EXAMPLE}"
    if _CODE.search(prompt):
        return f"this looks like program code: {EXAMPLE}"
    return None
