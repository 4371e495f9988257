"""Pictures and numbers the tests of scumble-image compare with.

    python make_reference.py

writes, beside this script, `files/` (tiny pictures of every kind that is read) and two JSON files:

* decode.json   what each picture holds: sides, bits, sRGB values, opacity, and how far decoders may differ
* numbers.json  inputs and results of resampling, histogram matching, PSNR, SSIM

Made with Pillow 13.0 (libjpeg-turbo, libwebp, littlecms2), tifffile 2026.3, scikit-image 0.26, NumPy 2.4.
Colour conversions are computed here from the definition of the profiles in double precision and checked
against littlecms2.
"""

import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageCms, ImageOps
from skimage.exposure import match_histograms
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

HERE = Path(__file__).parent
FILES = HERE / "files"
FILES.mkdir(exist_ok=True)
rng = np.random.default_rng(7)
cases = []


def case(name, rgb, alpha=None, depth=8, tolerance=0.0):
    """Records what the picture `name` holds. Values are floats from 0 to 1, rgb of shape (h, w, 3); they are
    written with six digits, far finer than a level of 16 bits."""
    rgb = np.asarray(rgb, dtype=np.float64)
    if rgb.ndim == 2:
        rgb = np.repeat(rgb[..., None], 3, axis=2)
    cases.append({
        "file": name,
        "width": rgb.shape[1],
        "height": rgb.shape[0],
        "depth": depth,
        "rgb": [round(v, 6) for v in rgb.ravel().tolist()],
        "alpha": None if alpha is None else [round(v, 6) for v in np.asarray(alpha, float).ravel().tolist()],
        "tolerance": tolerance,
    })


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, array, colour_type, bits, extra=b"", interlaced=False):
    """A PNG written by hand, for the kinds Pillow does not write. `array` is (h, w, channels)."""
    height, width = array.shape[:2]
    raw = array.astype(">u2" if bits == 16 else np.uint8)

    def scanlines(part):
        return b"".join(b"\0" + row.tobytes() for row in part) if part.size else b""

    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
        data = b"".join(scanlines(raw[y::dy, x::dx]) for y, x, dy, dx in passes)
    else:
        data = scanlines(raw)
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, int(interlaced))
    (FILES / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


# ---- kinds of PNG ------------------------------------------------------------------------------------------

rgb8 = rng.integers(0, 256, (4, 6, 3), dtype=np.uint8)
alpha8 = rng.integers(0, 256, (4, 6), dtype=np.uint8)
rgb16 = rng.integers(0, 65536, (4, 6, 3), dtype=np.uint16)
alpha16 = rng.integers(0, 65536, (4, 6), dtype=np.uint16)

Image.fromarray(rgb8).save(FILES / "rgb8.png")
case("rgb8.png", rgb8 / 255)
Image.fromarray(np.dstack([rgb8, alpha8])).save(FILES / "rgba8.png")
case("rgba8.png", rgb8 / 255, alpha8 / 255)
Image.fromarray(alpha8).save(FILES / "grey8.png")
case("grey8.png", alpha8 / 255)
Image.fromarray(np.dstack([rgb8[..., 0], alpha8]), "LA").save(FILES / "grey-alpha8.png")
case("grey-alpha8.png", rgb8[..., 0] / 255, alpha8 / 255)
Image.fromarray(alpha8 > 127).save(FILES / "grey1.png")
case("grey1.png", (alpha8 > 127).astype(float))
png("rgb16.png", rgb16, 2, 16)
case("rgb16.png", rgb16 / 65535, depth=16)
png("rgba16.png", np.dstack([rgb16, alpha16]), 6, 16)
case("rgba16.png", rgb16 / 65535, alpha16 / 65535, depth=16)
png("grey16.png", alpha16[..., None], 0, 16)
case("grey16.png", alpha16 / 65535, depth=16)
png("interlaced.png", rgb8, 2, 8, interlaced=True)
case("interlaced.png", rgb8 / 255)
palette = rng.integers(0, 256, (5, 3), dtype=np.uint8)
opacity = np.array([0, 128, 255], dtype=np.uint8)  # the rest is opaque
indices = rng.integers(0, 5, (4, 6))
png("palette.png", indices[..., None], 3, 8, chunk(b"PLTE", palette.tobytes()) + chunk(b"tRNS", opacity.tobytes()))
case("palette.png", palette[indices] / 255, np.append(opacity, [255, 255])[indices] / 255)

# ---- orientation ---------------------------------------------------------------------------------------------

gradient = np.dstack([*np.meshgrid(np.linspace(20, 230, 11), np.linspace(40, 200, 6)), np.full((6, 11), 90.0)])
gradient = gradient.round().astype(np.uint8)
for value in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = value
    picture = Image.fromarray(gradient)
    for name, options in [
        (f"orientation-{value}.jpg", {"quality": 100, "subsampling": 0}),
        (f"orientation-{value}.png", {}),
        (f"orientation-{value}.webp", {"lossless": True}),
    ]:
        picture.save(FILES / name, exif=exif, **options)
        upright = ImageOps.exif_transpose(Image.open(FILES / name))
        # Two decoders may round the inverse cosine transform and the colour conversion differently.
        case(name, np.asarray(upright) / 255, tolerance=0.0 if not name.endswith("jpg") else 3 / 255)
    tifffile.imwrite(FILES / f"orientation-{value}.tif", gradient, photometric="rgb",
                     extratags=[(274, "H", 1, value, True)])
    case(f"orientation-{value}.tif", np.asarray(upright) / 255)

# ---- JPEG and WebP ---------------------------------------------------------------------------------------------

Image.fromarray(gradient).convert("L").save(FILES / "grey.jpg", quality=95)
case("grey.jpg", np.asarray(Image.open(FILES / "grey.jpg")) / 255, tolerance=2 / 255)
Image.fromarray(gradient).save(FILES / "progressive.jpg", quality=95, subsampling=0, progressive=True)
case("progressive.jpg", np.asarray(Image.open(FILES / "progressive.jpg")) / 255, tolerance=3 / 255)
Image.fromarray(gradient).convert("CMYK").save(FILES / "cmyk.jpg", quality=95)
case("cmyk.jpg", np.asarray(Image.open(FILES / "cmyk.jpg").convert("RGB")) / 255, tolerance=4 / 255)
Image.fromarray(gradient).save(FILES / "lossy.webp", quality=90)
case("lossy.webp", np.asarray(Image.open(FILES / "lossy.webp").convert("RGB")) / 255, tolerance=3 / 255)
Image.fromarray(np.dstack([rgb8, alpha8])).save(FILES / "rgba.webp", lossless=True, exact=True)
case("rgba.webp", rgb8 / 255, alpha8 / 255)
frames = [Image.fromarray(rgb8), Image.fromarray(255 - rgb8)]
frames[0].save(FILES / "animated.webp", save_all=True, append_images=frames[1:], lossless=True, duration=100)
case("animated.webp", rgb8 / 255)
frames[0].save(FILES / "animated.png", save_all=True, append_images=frames[1:], duration=100)
case("animated.png", rgb8 / 255)

# ---- TIFF ------------------------------------------------------------------------------------------------------


def tiff(name, array, rgb, alpha=None, depth=8, tolerance=0.0, **options):
    tifffile.imwrite(FILES / name, array, **options)
    case(name, rgb, alpha, depth, tolerance)


tiff("rgb8.tif", rgb8, rgb8 / 255, photometric="rgb")
tiff("rgb16-be.tif", rgb16, rgb16 / 65535, depth=16, photometric="rgb", byteorder=">")
tiff("big.tif", rgb16, rgb16 / 65535, depth=16, photometric="rgb", bigtiff=True)
tiff("grey16.tif", alpha16, alpha16 / 65535, depth=16, photometric="minisblack")
tiff("white-is-zero.tif", alpha8, 1 - alpha8 / 255, photometric="miniswhite")
tiff("planar.tif", np.moveaxis(rgb8, 2, 0), rgb8 / 255, photometric="rgb", planarconfig="separate")
tiff("planar16.tif", np.moveaxis(rgb16, 2, 0), rgb16 / 65535, depth=16, photometric="rgb", planarconfig="separate")
tiff("rgba16.tif", np.dstack([rgb16, alpha16]), rgb16 / 65535, alpha16 / 65535, depth=16, photometric="rgb",
     extrasamples=["unassalpha"])
tiff("grey-alpha8.tif", np.dstack([rgb8[..., 0], alpha8]), rgb8[..., 0] / 255, alpha8 / 255, photometric="minisblack",
     planarconfig="contig", extrasamples=["unassalpha"])
floats = rng.random((4, 6, 3)).astype(np.float32)
tiff("float.tif", floats, floats, depth=16, photometric="rgb")
tiled = rng.integers(0, 256, (18, 20, 3), dtype=np.uint8)
tiff("tiled.tif", tiled, tiled / 255, photometric="rgb", tile=(16, 16))
tiff("deflate.tif", tiled, tiled / 255, photometric="rgb", compression="deflate", predictor=True)
Image.fromarray(tiled).save(FILES / "lzw.tif", compression="tiff_lzw")
case("lzw.tif", tiled / 255)
bits = rng.random((5, 11)) > 0.5
Image.fromarray(bits).save(FILES / "grey1.tif")
case("grey1.tif", bits.astype(float))
inks = rng.integers(0, 256, (4, 6, 4), dtype=np.uint8)
light = (255 - inks[..., :3].astype(float)) * (255 - inks[..., 3:].astype(float)) / 255
# Rounded to 8 bits after the product.
tiff("cmyk.tif", inks, light / 255, tolerance=0.51 / 255, photometric="separated")
covered = np.maximum(alpha16, 1000)
premultiplied = np.round(rgb16 * (covered[..., None] / 65535)).astype(np.uint16)
# Division by the smallest opacity, 1000 of 65535, widens the rounding of half a level 65-fold.
tiff("associated-alpha.tif", np.dstack([premultiplied, covered]), rgb16 / 65535, covered / 65535, depth=16,
     tolerance=35 / 65535, photometric="rgb", extrasamples=["assocalpha"])

# ---- ICC profiles ------------------------------------------------------------------------------------------------


def s15(value):
    return struct.pack(">i", round(value * 65536))


def xyz_tag(xyz):
    return b"XYZ \0\0\0\0" + b"".join(s15(v) for v in xyz)


def gamma_tag(gamma):
    data = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    return data + b"\0" * (-len(data) % 4)


def text_tags():
    name = b"test\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 78
    return [(b"desc", description + b"\0" * (-len(description) % 4)), (b"cprt", b"text\0\0\0\0none\0\0\0\0")]


def profile(space, tags, pcs=b"XYZ ", kind=b"mntr"):
    tags = text_tags() + tags
    body, table = b"", struct.pack(">I", len(tags))
    for signature, data in tags:
        table += signature + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0\0\0\0", 0x02400000, kind, space, pcs)
    header += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + s15(0.9642) + s15(1) + s15(0.8249)
    return header.ljust(128, b"\0") + table + body


def encode_srgb(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


# sRGB primaries adapted to D50, as published with the sRGB profile of the ICC.
SRGB = np.array([[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]])
# Adobe RGB (1998), annex C.
ADOBE = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]])
ADOBE_GAMMA = 563 / 256
adobe_icc = profile(b"RGB ", [(b"wtpt", xyz_tag((0.9505, 1, 1.0891)))]
                    + [(s, xyz_tag(ADOBE[:, i])) for i, s in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))]
                    + [(s, gamma_tag(ADOBE_GAMMA)) for s in (b"rTRC", b"gTRC", b"bTRC")])
grey_icc = profile(b"GRAY", [(b"wtpt", xyz_tag((0.9642, 1, 0.8249))), (b"kTRC", gamma_tag(1.8))])


def adobe_to_srgb(values):
    return encode_srgb((values ** ADOBE_GAMMA) @ (np.linalg.inv(SRGB) @ ADOBE).T)


def by_littlecms(picture, icc, mode):
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    return np.asarray(ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)) / 255


adobe8 = rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)
adobe16 = rng.integers(0, 65536, (8, 8, 3), dtype=np.uint16)
adobe16[0] = np.linspace(0, 3000, 8).astype(np.uint16)[:, None]  # dark greys
expected = adobe_to_srgb(adobe8 / 255)
assert np.abs(expected - by_littlecms(Image.fromarray(adobe8), adobe_icc, "RGB")).max() < 1.6 / 255
# Half a level of 8 bits: profiles store their numbers with 16 fractional bits.
Image.fromarray(adobe8).save(FILES / "adobe8.png", icc_profile=adobe_icc)
case("adobe8.png", expected, tolerance=0.5 / 255)
iccp = chunk(b"iCCP", b"adobe\0\0" + zlib.compress(adobe_icc))
png("adobe16.png", adobe16, 2, 16, iccp)
# A tenth of an 8-bit level: where tables of 14 bits would fail in the dark.
case("adobe16.png", adobe_to_srgb(adobe16 / 65535), depth=16, tolerance=0.1 / 255)
Image.fromarray(adobe8).save(FILES / "adobe.webp", lossless=True, icc_profile=adobe_icc)
case("adobe.webp", expected, tolerance=0.5 / 255)
Image.fromarray(adobe8).save(FILES / "adobe.tif", icc_profile=adobe_icc)
case("adobe.tif", expected, tolerance=0.5 / 255)
Image.fromarray(gradient).save(FILES / "adobe.jpg", quality=100, subsampling=0, icc_profile=adobe_icc)
case("adobe.jpg", adobe_to_srgb(np.asarray(Image.open(FILES / "adobe.jpg")) / 255), tolerance=6 / 255)
levels = np.linspace(0, 255, 24).round().astype(np.uint8).reshape(4, 6)
expected = encode_srgb((levels / 255) ** (461 / 256))  # 1.8 as the profile stores it
assert np.abs(expected - by_littlecms(Image.fromarray(levels), grey_icc, "RGB")[..., 0]).max() < 1.6 / 255
Image.fromarray(levels).save(FILES / "grey-profile.png", icc_profile=grey_icc)
case("grey-profile.png", expected, tolerance=0.5 / 255)


def lut_profile():
    """A profile that is nothing but a table: 9 x 9 x 9 colours, red and blue swapped, in Lab."""
    grid = np.linspace(0, 1, 9)
    r, g, b = np.meshgrid(grid, grid, grid, indexing="ij")
    rgb = np.stack([b, g, r], axis=-1)
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = light @ SRGB.T / np.array([0.9642, 1, 0.8249])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    lab = np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)
    coded = np.stack([lab[..., 0] * 652.8, (lab[..., 1] + 128) * 256, (lab[..., 2] + 128) * 256], axis=-1)
    table = np.clip(coded.round(), 0, 65535).astype(">u2").tobytes()
    identity = b"".join(s15(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    ends = struct.pack(">HH", 0, 65535) * 3
    data = b"mft2\0\0\0\0" + struct.pack(">BBBx", 3, 3, 9) + identity + struct.pack(">HH", 2, 2) + ends + table + ends
    data += b"\0" * (-len(data) % 4)
    return profile(b"RGB ", [(b"wtpt", xyz_tag((0.9642, 1, 0.8249))), (b"A2B0", data)], pcs=b"Lab ", kind=b"scnr")


lut_icc = lut_profile()
Image.fromarray(rgb8).save(FILES / "table-profile.png", icc_profile=lut_icc)
# Both interpolate in a table of 9 steps, each in its own way: up to some levels apart.
case("table-profile.png", by_littlecms(Image.fromarray(rgb8), lut_icc, "RGB"), tolerance=6 / 255)
srgb_icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
png("srgb-profile16.png", rgb16, 2, 16, chunk(b"iCCP", b"srgb\0\0" + zlib.compress(srgb_icc)))
case("srgb-profile16.png", rgb16 / 65535, depth=16)  # sRGB by another's numbers: kept to the bit
broken = bytearray(adobe_icc)
broken[128:140] = b"\xff" * 12
Image.fromarray(rgb8).save(FILES / "broken-profile.png", icc_profile=bytes(broken))
case("broken-profile.png", rgb8 / 255)

(HERE / "decode.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")

# ---- numbers -------------------------------------------------------------------------------------------------------


def listed(array):
    return [float(v) for v in np.asarray(array, dtype=np.float64).ravel()]


plane = rng.random((9, 13)).astype(np.float32)
resizes = []
for filter_name, pillow in [("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC), ("lanczos", Image.LANCZOS)]:
    for width, height in [(7, 5), (26, 18), (5, 17), (1, 1), (13, 4)]:
        result = np.asarray(Image.fromarray(plane).resize((width, height), pillow))
        resizes.append({"filter": filter_name, "width": width, "height": height, "values": listed(result)})

a = rng.random((20, 24, 3)).astype(np.float32)
b = np.clip(a + rng.normal(0, 0.1, a.shape), 0, 1).astype(np.float32)
a64, b64 = a.astype(np.float64), b.astype(np.float64)
source = np.round(rng.random((8, 9, 3)), 2).astype(np.float32)  # with ties
target = (rng.random((10, 7, 3)) ** 2).astype(np.float32)
numbers = {
    "resize": {"width": 13, "height": 9, "plane": listed(plane), "cases": resizes},
    "metrics": {
        "width": 24, "height": 20, "a": listed(a), "b": listed(b),
        "psnr": float(peak_signal_noise_ratio(a64, b64, data_range=1.0)),
        "ssim": float(structural_similarity(a64, b64, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
                                            data_range=1.0, channel_axis=2)),
    },
    "histogram": {
        "source": {"width": 9, "height": 8, "rgb": listed(source)},
        "target": {"width": 7, "height": 10, "rgb": listed(target)},
        "matched": listed(match_histograms(source.astype(np.float64), target.astype(np.float64), channel_axis=2)),
    },
}
(HERE / "numbers.json").write_text(json.dumps(numbers, separators=(",", ":")) + "\n")
