"""Principal moments and axes of inertia, as physics engines take them."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np

from sage.asset import Link
from sage.geometry import Array

__all__ = ["inertia_tensor", "principal_inertia"]

_PERMUTATIONS = [np.eye(3)[list(order)] for order in permutations(range(3))]
_TURNS = [
    matrix
    for permutation in _PERMUTATIONS
    for signs in product((1.0, -1.0), repeat=3)
    if np.linalg.det(matrix := permutation * np.array(signs)) > 0
]
"""The 24 rotations that map a set of axes to itself."""


def inertia_tensor(link: Link) -> Array:
    """Return the 3x3 tensor about the centre of mass, in the axes of the link frame [kg m2]."""
    xx, yy, zz, xy, xz, yz = link.inertia
    return np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])


def principal_inertia(link: Link) -> tuple[Array, Array]:
    """Return the moments [kg m2], shape [3], and the rotation `link_from_principal`, shape [3, 3].

    The axes are right-handed and the nearest such set to those of the link, so that an already
    diagonal tensor keeps its order and no set is turned by more than 63 degrees.
    """
    tensor = inertia_tensor(link)
    diagonal = np.diag(tensor)
    if np.abs(tensor - np.diag(diagonal)).max() <= 1e-9 * diagonal.max():
        return diagonal.copy(), np.eye(3)
    _, vectors = np.linalg.eigh(tensor)
    if np.linalg.det(vectors) < 0:
        vectors[:, 0] *= -1
    axes = max((vectors @ turn for turn in _TURNS), key=lambda matrix: float(np.trace(matrix)))
    return np.einsum("ji,jk,ki->i", axes, tensor, axes), axes
