"""Formatting of numbers, angles and XML in text formats."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import numpy as np

from sage.geometry import Array

__all__ = ["document", "numbers", "rpy"]


def numbers(values: Iterable[float]) -> str:
    """Return numbers with nine significant digits, separated by spaces, without negative zero."""
    return " ".join(f"{float(value) + 0.0:.9g}" for value in values)


def rpy(matrix: Array) -> Array:
    """Return the fixed-axis roll, pitch and yaw [rad] of a rotation, as URDF and SDFormat define them."""
    flat = math.hypot(matrix[0, 0], matrix[1, 0])
    pitch = math.atan2(-matrix[2, 0], flat)
    roll, yaw = 0.0, math.atan2(-matrix[0, 1], matrix[1, 1])
    if flat > 1e-9:
        roll = math.atan2(matrix[2, 1], matrix[2, 2])
        yaw = math.atan2(matrix[1, 0], matrix[0, 0])
    return np.round([roll, pitch, yaw], 12)


def document(root: ET.Element) -> str:
    """Return an XML document, indented."""
    ET.indent(root)
    return '<?xml version="1.0"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
