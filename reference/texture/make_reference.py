"""Numbers the tests of scumble-texture compare with.

    python reference/texture/make_reference.py

writes numbers.json beside this script. NumPy alone, double precision; nothing is shared with the Rust code:

* periodic  a 7x5 picture and its periodic part, by the definition: the smooth part solves Laplacian(s) = v on the torus with
            sum 0, as a dense system of equations
* pyramid   pictures of three sizes and their bands. Filters are made on grids centred by fftshift, from angles by arctan2;
            octaves are cut out of the centred spectrum
* heeger_bergen   the synthesis of a gray 48x40 exemplar (by the formula of `blobs`) at its own size, with a random generator and
            ties of NumPy's, five times: Wasserstein distances between the sorted values of the texture and of the exemplar, over
            the standard deviation, for pixels and for each band; least and largest of the five runs, and of the noise it began
            with. The exemplar's nine deciles of every band are there too
"""

import json
from math import factorial
from pathlib import Path

import numpy as np

rng = np.random.default_rng(11)


def periodic(u):
    h, w = u.shape
    v = np.zeros_like(u)
    v[:, 0] += u[:, -1] - u[:, 0]
    v[:, -1] += u[:, 0] - u[:, -1]
    v[0] += u[-1] - u[0]
    v[-1] += u[0] - u[-1]
    n = h * w
    system = np.zeros((n + 1, n))
    for y in range(h):
        for x in range(w):
            i = y * w + x
            system[i, i] -= 4
            for dy, dx in ((0, 1), (0, -1), (1, 0), (-1, 0)):
                system[i, (y + dy) % h * w + (x + dx) % w] += 1
    system[n] = 1
    s = np.linalg.lstsq(system, np.append(v.ravel(), 0), rcond=None)[0]
    return u - s.reshape(h, w)


def polar(h, w):
    fy = np.fft.fftshift(np.fft.fftfreq(h)) * 2 * np.pi
    fx = np.fft.fftshift(np.fft.fftfreq(w)) * 2 * np.pi
    x, y = np.meshgrid(fx, fy)
    return np.hypot(x, y), np.arctan2(y, x)


def high_low(r):
    with np.errstate(divide="ignore"):
        high = np.cos(np.pi / 2 * np.clip(np.log2(2 * r / np.pi), -1, 0))
    high[r <= np.pi / 4] = 0  # the cosine of pi/2 is not quite 0
    return high, np.sqrt(1 - high**2)


def centre(n):
    return n // 2


def analyse(u, scales, k):
    alpha = 2 ** (k - 1) * factorial(k - 1) / np.sqrt(k * factorial(2 * k - 2))
    spectrum = np.fft.fftshift(np.fft.fft2(u))
    back = lambda s: np.fft.ifft2(np.fft.ifftshift(s)).real
    r, _ = polar(*u.shape)
    high, low = high_low(r / 2)
    bands = [back(spectrum * high)]
    spectrum = spectrum * low
    for _ in range(scales):
        h, w = spectrum.shape
        r, theta = polar(h, w)
        high, low = high_low(r)
        for i in range(k):
            bands.append(back(spectrum * high * (-1j) ** (k - 1) * alpha * np.cos(theta - np.pi * i / k) ** (k - 1)))
        spectrum = spectrum * low
        nh, nw = (h + 1) // 2, (w + 1) // 2
        top, left = centre(h) - centre(nh), centre(w) - centre(nw)
        spectrum = spectrum[top:top + nh, left:left + nw] * (nh * nw) / (h * w)
    bands.append(back(spectrum))
    return bands


def collapse(bands, scales, k):
    alpha = 2 ** (k - 1) * factorial(k - 1) / np.sqrt(k * factorial(2 * k - 2))
    forward = lambda b: np.fft.fftshift(np.fft.fft2(b))
    spectrum = forward(bands[-1])
    for scale in reversed(range(scales)):
        octave = bands[1 + scale * k:1 + (scale + 1) * k]
        h, w = octave[0].shape
        nh, nw = spectrum.shape
        r, theta = polar(h, w)
        high, low = high_low(r)
        wide = np.zeros((h, w), complex)
        top, left = centre(h) - centre(nh), centre(w) - centre(nw)
        wide[top:top + nh, left:left + nw] = spectrum * (h * w) / (nh * nw)
        spectrum = wide * low
        for i, band in enumerate(octave):
            spectrum = spectrum + forward(band) * high * 1j ** (k - 1) * alpha * np.cos(theta - np.pi * i / k) ** (k - 1)
    r, _ = polar(*bands[0].shape)
    high, low = high_low(r / 2)
    return np.fft.ifft2(np.fft.ifftshift(spectrum * low + forward(bands[0]) * high)).real


def matched(values, to):
    out = np.empty(values.size)
    out[np.argsort(values, axis=None, kind="stable")] = np.sort(to, axis=None)
    return out.reshape(values.shape)


def apart(a, b):
    return float(np.abs(np.sort(a, axis=None) - np.sort(b, axis=None)).mean() / b.std())


def blobs(h, w):
    """Periodic, with more light than dark and uneven in direction."""
    y, x = np.mgrid[:h, :w]
    a, b = 2 * np.pi * x / w, 2 * np.pi * y / h
    wave = np.sin(3 * a + 2 * np.sin(2 * b)) + 0.7 * np.cos(5 * b + np.sin(4 * a)) + 0.4 * np.sin(11 * a - 9 * b)
    return 0.5 + 0.25 * np.tanh(wave) + 0.05 * np.cos(17 * a + 13 * b)


def heeger_bergen(exemplar, scales, k, rounds):
    wanted = analyse(exemplar, scales, k)
    distances = lambda u: [apart(u, exemplar)] + [apart(a, b) for a, b in zip(analyse(u, scales, k), wanted)]
    texture = matched(rng.standard_normal(exemplar.shape), exemplar)
    noise = distances(texture)
    for _ in range(rounds):
        bands = [matched(a, b) for a, b in zip(analyse(texture, scales, k), wanted)]
        texture = matched(collapse(bands, scales, k), exemplar)
    return noise, distances(texture)


def plain(a):
    return [round(float(v), 12) for v in np.ravel(a)]


picture = rng.random((5, 7))
numbers = {"periodic": {"width": 7, "height": 5, "picture": plain(picture), "periodic": plain(periodic(picture))}, "pyramid": []}
for width, height, scales, k in ((12, 10, 2, 3), (9, 7, 1, 4), (11, 16, 2, 2)):
    picture = rng.random((height, width))
    bands = analyse(picture, scales, k)
    assert np.abs(collapse(bands, scales, k) - picture).max() < 1e-12
    numbers["pyramid"].append({
        "width": width, "height": height, "scales": scales, "orientations": k, "picture": plain(picture),
        "bands": [{"width": b.shape[1], "height": b.shape[0], "values": plain(b)} for b in bands],
    })
exemplar = blobs(40, 48)
runs = [heeger_bergen(exemplar, 2, 4, 5) for _ in range(5)]
numbers["heeger_bergen"] = {
    "width": 48, "height": 40, "scales": 2, "orientations": 4, "rounds": 5,
    "deciles": [plain(np.quantile(b, np.arange(1, 10) / 10)) for b in analyse(exemplar, 2, 4)],
    "noise": plain(np.min([r[0] for r in runs], axis=0)),
    "least": plain(np.min([r[1] for r in runs], axis=0)),
    "largest": plain(np.max([r[1] for r in runs], axis=0)),
}
Path(__file__).with_name("numbers.json").write_text(json.dumps(numbers) + "\n")
print("noise  ", [round(v, 3) for v in numbers["heeger_bergen"]["noise"]])
print("least  ", [round(v, 4) for v in numbers["heeger_bergen"]["least"]])
print("largest", [round(v, 4) for v in numbers["heeger_bergen"]["largest"]])
