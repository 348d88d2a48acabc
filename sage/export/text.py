"""Formatting of numbers, rotations and XML for text formats."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import numpy as np

from sage.geometry import Array

__all__ = ["document", "numbers", "rpy"]


def numbers(values: Iterable[float]) -> str:
    """Return numbers with nine significant digits, separated by spaces, without negative zero.

    Example:
        >>> numbers([1.0, -0.0, 1 / 3])
        '1 0 0.333333333'
    """
    return " ".join(f"{float(value) + 0.0:.9g}" for value in values)


def rpy(matrix: Array) -> Array:
    """Return the roll, pitch and yaw about fixed axes of a rotation, as in URDF and SDFormat.

    Args:
        matrix: rotation, shape [3, 3].

    Returns:
        Angles about x, y and z [rad], shape [3], with `matrix = Rz(yaw) @ Ry(pitch) @ Rx(roll)`. Roll is 0 at
        a pitch of +-90 degrees.

    Example:
        >>> numbers(rpy(np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])))
        '0 0 1.57079633'
    """
    horizontal = math.hypot(matrix[0, 0], matrix[1, 0])
    pitch = math.atan2(-matrix[2, 0], horizontal)
    roll, yaw = 0.0, math.atan2(-matrix[0, 1], matrix[1, 1])
    if horizontal > 1e-9:
        roll = math.atan2(matrix[2, 1], matrix[2, 2])
        yaw = math.atan2(matrix[1, 0], matrix[0, 0])
    return np.round([roll, pitch, yaw], 12)


def document(root: ET.Element) -> str:
    """Return an indented XML document with its declaration."""
    ET.indent(root)
    return '<?xml version="1.0"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
