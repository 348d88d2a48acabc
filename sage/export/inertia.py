"""Principal moments and axes of inertia."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np

from sage.asset import Link
from sage.geometry import Array

__all__ = ["inertia_tensor", "principal_inertia"]

_PERMUTATIONS = [np.eye(3)[list(order)] for order in permutations(range(3))]
_AXIS_ROTATIONS = [
    matrix
    for permutation in _PERMUTATIONS
    for signs in product((1.0, -1.0), repeat=3)
    if np.linalg.det(matrix := permutation * np.array(signs)) > 0
]
"""The 24 rotations that map the coordinate axes to themselves, up to sign."""


def inertia_tensor(link: Link) -> Array:
    """Return the inertia tensor about the centre of mass, in link frame axes [kg m2], shape [3, 3]."""
    xx, yy, zz, xy, xz, yz = link.inertia
    return np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])


def principal_inertia(link: Link) -> tuple[Array, Array]:
    """Return the principal moments of inertia and the rotation `link_from_principal`.

    Of all right-handed sets of principal axes, the one nearest to the axes of the link is chosen: a diagonal
    tensor keeps its order, and the rotation never exceeds 63 degrees.

    Returns:
        Moments about the centre of mass [kg m2], shape [3], and the rotation, shape [3, 3].
    """
    tensor = inertia_tensor(link)
    diagonal = np.diag(tensor)
    if np.abs(tensor - np.diag(diagonal)).max() <= 1e-9 * diagonal.max():
        return diagonal.copy(), np.eye(3)
    _, vectors = np.linalg.eigh(tensor)
    if np.linalg.det(vectors) < 0:
        vectors[:, 0] *= -1
    axes = max(
        (vectors @ rotation for rotation in _AXIS_ROTATIONS), key=lambda matrix: float(np.trace(matrix))
    )
    return np.einsum("ji,jk,ki->i", axes, tensor, axes), axes
