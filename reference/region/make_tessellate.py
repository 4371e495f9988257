"""Numbers the tests of scumble-region's tessellations compare with.

    python make_tessellate.py

writes `tessellate.json` beside this script: a picture by formula, points, and for their Delaunay triangulation (SciPy's, of
Qhull) the sum of squared differences that mean colours and linear colours leave (NumPy's least squares, pixel by pixel).

Made with SciPy 1.17 and NumPy 2.4.
"""

import json
from pathlib import Path

import numpy as np
from scipy.spatial import Delaunay

HERE = Path(__file__).parent
WIDTH, HEIGHT = 96, 72

x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
red = 2 * x + np.where(x + 2 * y > 120, 40, 0)
green = 3 * y + np.where((x - 40) ** 2 + (y - 30) ** 2 < 400, 30, 0)
blue = (x * x + y * y) // 60
picture = np.stack([red, green, blue], axis=-1).clip(0, 255)

# Sixteenths of a pixel, odd, so that no pixel's centre is a corner.
rng = np.random.default_rng(3)
inner = rng.integers(8, [WIDTH * 8 - 8, HEIGHT * 8 - 8], size=(40, 2)) * 2 + 1
corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]) * 16
points = np.concatenate([corners, inner]) / 16

# A centre on a side belongs to what lies right of it, or below.
centres = np.stack([x + 0.5, y + 0.5], axis=-1).reshape(-1, 2)
values = picture.reshape(-1, 3).astype(float)
mesh = Delaunay(points)
owner = mesh.find_simplex(centres + [1e-5, 1e-8])
flat = linear = 0.0
for triangle in range(len(mesh.simplices)):
    mine = owner == triangle
    if not mine.any():
        continue
    t, c = values[mine], centres[mine]
    flat += ((t - t.mean(axis=0)) ** 2).sum()
    # Axes along which a triangle's pixels spread by less than 0.1 squared pixels have no slope.
    c = c - c.mean(axis=0)
    spread, axes = np.linalg.eigh(c.T @ c / len(c))
    a = np.concatenate([np.ones((len(c), 1)), c @ axes[:, spread > 0.1]], axis=1)
    fit = np.linalg.lstsq(a, t, rcond=None)[0]
    linear += ((t - a @ fit) ** 2).sum()

out = {
    "width": WIDTH,
    "height": HEIGHT,
    "levels": picture.reshape(-1).tolist(),
    "points": points[4:].tolist(),
    "triangles": len(mesh.simplices),
    "flat": flat,
    "linear": linear,
}
(HERE / "tessellate.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
