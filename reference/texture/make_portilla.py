"""Portilla & Simoncelli's statistics of a small texture of two channels, which the tests of scumble-texture compare with.

    python reference/texture/make_portilla.py

writes portilla.json beside this script. NumPy alone, double precision, by the definitions; nothing is shared with the Rust code:

* filters are made on grids centred by fftshift, from angles by arctan2; a band's imaginary part is its Hilbert transform along
  the filter's direction: -i sign(cos(theta - theta_k)) of its spectrum
* low-passes before an octave are the picture's spectrum times all low-pass filters so far, cropped
* autocorrelations and covariances are means of products of arrays moved by np.roll
* what lies above an octave is made larger by zeros around its centred spectrum
"""

import json
from math import factorial
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, SCALES, K, REACH = 37, 33, 2, 4, 3


def picture():
    rng = np.random.default_rng(5)
    noise = rng.standard_normal((2, HEIGHT, WIDTH))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    lines = np.abs(np.sin(2 * np.pi * (2 * x / WIDTH + 3 * y / HEIGHT) + 0.7 * np.sin(2 * np.pi * x / WIDTH)))
    smooth = sum(np.roll(noise, (dy, dx), (1, 2)) for dy in (0, 1) for dx in (0, 1, 2)) / 6
    first = 0.5 + 0.4 * lines + 0.2 * smooth[0]
    return np.round(np.stack([first, 0.4 + 0.5 * first**2 + 0.1 * smooth[1]]), 3)


def polar(h, w):
    x, y = np.meshgrid(np.fft.fftshift(np.fft.fftfreq(w)) * 2 * np.pi, np.fft.fftshift(np.fft.fftfreq(h)) * 2 * np.pi)
    return np.hypot(x, y), np.arctan2(y, x)


def high_low(r):
    with np.errstate(divide="ignore"):
        high = np.cos(np.pi / 2 * np.clip(np.log2(2 * r / np.pi), -1, 0))
    high[r <= np.pi / 4] = 0  # the cosine of pi/2 is not quite 0
    return high, np.sqrt(1 - high**2)


def forward(u):
    return np.fft.fftshift(np.fft.fft2(u))


def back(s):
    return np.fft.ifft2(np.fft.ifftshift(s))


def cut(big, small):
    """Where the centred spectrum of a picture of shape `small` lies in that of one of shape `big`."""
    return tuple(slice(b // 2 - s // 2, b // 2 - s // 2 + s) for b, s in zip(big, small))


def larger(u, shape):
    spectrum = np.zeros(shape, complex)
    spectrum[cut(shape, u.shape)] = forward(u) * (shape[0] * shape[1]) / u.size
    return back(spectrum)


def decompose(u):
    """High-pass residual, low-passes before each octave, complex bands of each octave, low-pass residual."""
    alpha = 2 ** (K - 1) * factorial(K - 1) / np.sqrt(K * factorial(2 * K - 2))
    r, _ = polar(*u.shape)
    high, low = high_low(r / 2)
    spectrum = forward(u)
    residual, spectrum = back(spectrum * high).real, spectrum * low
    before, octaves = [], []
    for _ in range(SCALES):
        before.append(back(spectrum).real)
        r, theta = polar(*spectrum.shape)
        high, low = high_low(r)
        bands = []
        for k in range(K):
            cosine = np.cos(theta - np.pi * k / K)
            band = spectrum * high * (-1j) ** (K - 1) * alpha * cosine ** (K - 1)
            bands.append(back(band).real + 1j * back(-1j * np.sign(cosine) * band).real)
        octaves.append(bands)
        spectrum = spectrum * low
        shape = tuple((n + 1) // 2 for n in spectrum.shape)
        scale = shape[0] * shape[1] / spectrum.size
        spectrum = spectrum[cut(spectrum.shape, shape)] * scale
    return residual, before, octaves, back(spectrum).real


def lags(u):
    return [(u * np.roll(u, (-dy, -dx), (0, 1))).mean() for dy in range(-REACH, REACH + 1) for dx in range(-REACH, REACH + 1)]


def moments(u):
    d = u - u.mean()
    variance = (d**2).mean()
    return [variance, (d**3).mean() / variance**1.5, (d**4).mean() / variance**2]


def plain(a):
    return [round(float(v), 12) for v in np.ravel(a)]


def low_pass(u):
    return {"lags": plain(lags(u)), "moments": plain(moments(u)[1:])}


def covariance(a, b):
    return plain([[(u * v).mean() for v in b] for u in a])


def about_mean(planes):
    return [u - u.mean() for u in planes]


channels = picture()
parts = [decompose(u - u.mean()) for u in channels]
octaves = []
for octave in range(SCALES):
    bands = [band for part in parts for band in part[2][octave]]
    moduli, real = about_mean([np.abs(b) for b in bands]), [b.real for b in bands]
    shape = bands[0].shape
    if octave + 1 < SCALES:
        above = [larger(band, shape) for part in parts for band in part[2][octave + 1]]
        coarse_moduli = about_mean([np.abs(b) for b in above])
        doubled = [np.abs(b) * np.exp(2j * np.angle(b)) for b in above]
        coarse_real = [part for b in doubled for part in (b.real, b.imag)]
    else:
        above = [larger(part[3], shape).real for part in parts]
        coarse_moduli = []
        steps = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0))
        coarse_real = [np.roll(u, step, (0, 1)) for u in above for step in steps]
    octaves.append({
        "means": plain([np.abs(b).mean() for b in bands]),
        "lags": [plain(lags(u)) for u in moduli],
        "magnitudes": {"own": covariance(moduli, moduli), "coarser": covariance(moduli, coarse_moduli)},
        "real": {"own": covariance(real, real), "coarser": covariance(real, coarse_real)},
    })
numbers = {
    "width": WIDTH, "height": HEIGHT, "scales": SCALES, "orientations": K,
    "channels": [plain(u) for u in channels],
    "pixels": [plain(moments(u) + [u.min() - u.mean(), u.max() - u.mean()]) for u in channels],
    "high": plain([(part[0] ** 2).mean() for part in parts]),
    "low": [[low_pass(part[1][level] if level < SCALES else part[3]) for part in parts] for level in range(SCALES + 1)],
    "octaves": octaves,
}
Path(__file__).with_name("portilla.json").write_text(json.dumps(numbers) + "\n")
print("variance of bands", [round(np.mean([np.mean(b.real**2) for b in part[2][0]]), 6) for part in parts])
