"""Structure and measures of two pictures made by formula, by direct sums and SciPy: structure.json.

Run in this folder: python make_structure.py (NumPy, SciPy).
"""

import json

import numpy as np
from scipy.signal import correlate2d


def picture(width, height, value):
    y, x = np.mgrid[0:height, 0:width]
    return np.float32(value(x, y) / 97.0).astype(np.float64)


def halved(v):
    height, width = (side // 2 * 2 for side in v.shape)
    v = v[:height, :width]
    return (v[::2, ::2] + v[1::2, ::2] + v[::2, 1::2] + v[1::2, 1::2]) / 4


def moment(d, power):
    """Central moments of values under independent normal noise of deviation 1/255: cumulants but the second stay."""
    second, third, fourth = (((d - d.mean()) ** p).mean() for p in (2, 3, 4))
    noisy = second + 255.0**-2
    return {2: noisy, 3: third, 4: fourth - 3 * second**2 + 3 * noisy**2}[power]


def shapes(v):
    """Kurtosis of differences across and down, skewness of those to the four neighbours' mean, at sizes of 64 or more."""
    found, skews = [], []
    while (v.shape[0] - 2) * (v.shape[1] - 2) >= 64 and len(found) < 4:
        steps = [np.diff(v, axis=axis).ravel() for axis in (1, 0)]
        found.append([float(moment(d, 4) / moment(d, 2) ** 2) for d in steps])
        inner = v[1:-1, 1:-1] - (v[:-2, 1:-1] + v[2:, 1:-1] + v[1:-1, :-2] + v[1:-1, 2:]) / 4
        skews.append(float(moment(inner, 3) / moment(inner, 2) ** 1.5))
        v = halved(v)
    return found, skews


def autocorrelation(v):
    """Over displacements; the one of zero is at [height - 1, width - 1]."""
    f = v - v.mean()
    ones = np.ones_like(v)
    return correlate2d(f, f) / correlate2d(ones, ones) / v.var()


def window(v, reach):
    """Displacements down from 0 to reach[1], across from -reach[0] to reach[0]."""
    a = autocorrelation(v)
    y, x = v.shape[0] - 1, v.shape[1] - 1
    return a[y : y + reach[1] + 1, x - reach[0] : x + reach[0] + 1]


def repeat_score(v):
    """The highest value that is no less than its eight neighbours', at 4 pixels or more, within half the sides."""
    a = autocorrelation(v)
    oy, ox = v.shape[0] - 1, v.shape[1] - 1
    best = 0.0
    for dy in range(0, v.shape[0] // 2):
        for dx in range(1 - v.shape[1] // 2, v.shape[1] // 2):
            y, x = oy + dy, ox + dx
            if np.hypot(dx, dy) >= 4 and a[y, x] >= a[y - 1 : y + 2, x - 1 : x + 2].max():
                best = max(best, a[y, x])
    return float(best)


pictures = [
    picture(48, 40, lambda x, y: (x * x * 31 + y * 17 + x * y * 5) % 97 // 2 + x % 12 * 4),
    picture(40, 44, lambda x, y: (x * 13 + y * y * 7 + x * y * 3) % 97 // 3 + y % 9 * 7),
]
reach = [min(p.shape[1 - i] // 2 for p in pictures) // 2 for i in (0, 1)]
a, b = (window(p, reach) for p in pictures)
result = {
    "kurtosis": [shapes(p)[0] for p in pictures],
    "skewness": [shapes(p)[1] for p in pictures],
    "autocorrelation_error": float(np.sqrt(np.mean((a - b) ** 2))),
    "repeat_score": repeat_score(pictures[0]),
}
with open("structure.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
