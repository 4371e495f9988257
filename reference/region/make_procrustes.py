"""Procrustes distances the tests of scumble-region compare with.

    python make_procrustes.py

writes `procrustes.json` beside this script: for each of 1,000 pairs of random contours, three squared distances

* scipy      the disparity of `scipy.spatial.procrustes`, points in the given order; always allows reflection
* rotations  the least of all starting points, without reflection
* all        the least of all starting points, with and without reflection; a mirrored contour runs in reverse

The last two try every start one by one, with the singular value decomposition of the general formula
(R = V diag(1, det) Uᵀ), so that nothing is shared with correlation by Fourier transforms. Where SciPy may be asked the same
question, it is, and must agree.

Contours are sums of six harmonics whose factors are numbers of SplitMix64; the tests make the same ones from the seed of a pair.
Made with SciPy 1.17, NumPy 2.4.
"""

import json
from pathlib import Path

import numpy as np
from scipy.spatial import procrustes

PAIRS, POINTS, HARMONICS = 1000, 32, (1, -1, 2, -2, 3, -4)


def noise(seed):
    """SplitMix64 as numbers from 0 to 1."""
    mask = (1 << 64) - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) / (1 << 53)


def contour(numbers):
    t = 2 * np.pi * np.arange(POINTS) / POINTS
    z = np.full(POINTS, complex(next(numbers), next(numbers)) * 10)
    for harmonic in HARMONICS:
        factor = complex(next(numbers) - 0.5, next(numbers) - 0.5)
        z = z + factor * np.exp(1j * harmonic * t)
    return np.stack([z.real, z.imag], axis=1)


def standard(x):
    x = x - x.mean(axis=0)
    return x / np.sqrt((x**2).sum())


def without_reflection(x, y):
    """1 - (sum of singular values, the least with the determinant's sign)², of standardised points."""
    u, s, vt = np.linalg.svd(standard(x).T @ standard(y))
    return 1 - (s[0] + np.sign(np.linalg.det(vt.T @ u.T)) * s[1]) ** 2


results = []
for pair in range(PAIRS):
    numbers = noise(pair)
    x, y = contour(numbers), contour(numbers)
    mirrored = (x * [1, -1])[(-np.arange(POINTS)) % POINTS]
    turned = [without_reflection(np.roll(x, k, axis=0), y) for k in range(POINTS)]
    others = [without_reflection(np.roll(mirrored, k, axis=0), y) for k in range(POINTS)]
    scipy = procrustes(y, x)[2]
    assert abs(scipy - min(turned[0], without_reflection(x * [1, -1], y))) < 1e-12
    for k in range(0, POINTS, 8):
        asked = procrustes(y, np.roll(x, k, axis=0))[2]
        assert abs(asked - min(turned[k], without_reflection(np.roll(x, k, axis=0) * [1, -1], y))) < 1e-12
    results.append([scipy, min(turned), min(turned + others)])

text = ",\n".join("[" + ", ".join(f"{v:.15g}" for v in row) + "]" for row in results)
out = {"pairs": PAIRS, "points": POINTS, "harmonics": HARMONICS, "columns": ["scipy", "rotations", "all"]}
head = json.dumps(out)[:-1]
Path(__file__).with_name("procrustes.json").write_text(f'{head}, "squared": [\n{text}\n]}}\n')
