#!/usr/bin/env python3
"""Makes the goldens beside it: pip install pillow==13.0.0 opencv-python-headless==5.0.0.93 numpy==2.4.6, then run it, with
the names of the files to make or without for all.

pictures.json  small files written by Pillow, and the FNV-1a hash of what Pillow decodes from them.
formats.json   the same for the formats beside JPEG and PNG; some files are written here, because Pillow does not write them.
resizing.json  what Pillow and OpenCV make of generated pictures: bytes of a few, hashes of many.
"""
import base64
import io
import json
import pathlib
import random
import struct
import sys

import cv2
import numpy as np
import PIL
from PIL import Image, ImageOps, PngImagePlugin

here = pathlib.Path(__file__).parent


def fnv(data):
    value = 0xCBF29CE484222325
    for byte in bytes(data):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def noise(seed, count):
    """A linear congruential generator (Numerical Recipes); the test makes the same bytes."""
    out = bytearray()
    for _ in range(count):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append(seed >> 24)
    return bytes(out)


def smooth(width, height, channels):
    y, x = np.mgrid[0:height, 0:width]
    planes = [128 + 100 * np.sin(x / 5 + c) * np.cos(y / 4 - c) + 20 * ((x // 4 + y // 4) % 2) for c in range(channels)]
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8).squeeze()


def pictures():
    rgb, gray = Image.fromarray(smooth(45, 35, 3)), Image.fromarray(smooth(45, 35, 1))
    alpha = Image.fromarray(np.dstack([smooth(20, 14, 3), smooth(20, 14, 1)]))
    cases = []

    def add(name, picture, format, **options):
        buffer = io.BytesIO()
        picture.save(buffer, format, **options)
        opened = Image.open(io.BytesIO(buffer.getvalue()))
        turned = ImageOps.exif_transpose(opened).convert("RGB")
        cases.append({
            "name": name, "file": base64.b64encode(buffer.getvalue()).decode(),
            "width": opened.width, "height": opened.height, "rgb": fnv(opened.convert("RGB").tobytes()),
            "gray": fnv(opened.convert("L").tobytes()) if opened.mode in ("RGB", "L") else None,
            "turned": [turned.width, turned.height, fnv(turned.tobytes())]})

    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        add(f"{name}.jpg", rgb, "JPEG", quality=80, subsampling=sampling)
    add("gray.jpg", gray, "JPEG", quality=70)
    add("progressive.jpg", rgb, "JPEG", quality=75, progressive=True)
    add("restart.jpg", rgb, "JPEG", quality=60, restart_marker_blocks=2)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        add(f"turned-{orientation}.jpg", rgb.resize((16, 11)), "JPEG", quality=50, exif=exif)
    add("cmyk.jpg", rgb.convert("CMYK"), "JPEG", quality=50)
    add("rgb.png", rgb.resize((20, 14)), "PNG")
    add("gray.png", gray.resize((20, 14)), "PNG")
    add("alpha.png", alpha, "PNG")
    add("gray-alpha.png", alpha.convert("LA"), "PNG")
    add("palette.png", rgb.resize((20, 14)).quantize(12), "PNG")
    add("palette-clear.png", rgb.resize((20, 14)).quantize(12), "PNG", transparency=3)
    add("bit.png", gray.resize((21, 14)).convert("1"), "PNG")
    gamma = PngImagePlugin.PngInfo()
    gamma.add(b"gAMA", (100000).to_bytes(4, "big"))
    add("gamma.png", rgb.resize((20, 14)), "PNG", pnginfo=gamma)
    exif = Image.Exif()
    exif[274] = 6
    add("turned.png", rgb.resize((20, 14)), "PNG", exif=exif)
    add("sixteen.png", Image.fromarray((smooth(9, 7, 1).astype(np.uint16) * 257)), "PNG")
    return cases


def bitmap(width, height, depth, rows, compression=0, colors=b"", masks=b"", top_down=False, core=False):
    """A device-independent bitmap; rows from the top, as bytes without filling."""
    stride = (width * depth + 31) // 32 * 4
    rows = [row + bytes(stride - len(row)) for row in rows]
    body = b"".join(rows if top_down else rows[::-1])
    if core:
        header = struct.pack("<IHHHH", 12, width, height, 1, depth)
    else:
        signed = -height if top_down else height
        header = struct.pack("<IiiHHIIiiII", 40, width, signed, 1, depth, compression, len(body), 0, 0, 0, 0)
    start = 14 + len(header) + len(masks) + len(colors)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + header + masks + colors + body


def formats():
    rgb, gray = Image.fromarray(smooth(45, 35, 3)).resize((21, 13)), Image.fromarray(smooth(45, 35, 1)).resize((21, 13))
    alpha = Image.fromarray(np.dstack([smooth(20, 14, 3), smooth(20, 14, 1)]))
    palette, bits = rgb.quantize(12), gray.convert("1")
    cases = []

    def keep(name, data):
        opened = Image.open(io.BytesIO(data))
        cases.append({
            "name": name, "file": base64.b64encode(data).decode(), "width": opened.width, "height": opened.height,
            "rgb": fnv(opened.convert("RGB").tobytes())})

    def add(name, picture, format, **options):
        buffer = io.BytesIO()
        picture.save(buffer, format, **options)
        keep(name, buffer.getvalue())

    add("rgb.bmp", rgb, "BMP")
    add("gray.bmp", gray, "BMP")
    add("palette.bmp", palette, "BMP")
    add("bit.bmp", bits, "BMP")
    add("alpha.bmp", alpha, "BMP")
    words = np.frombuffer(noise(4, 2 * 9 * 5), "<u2").reshape(5, 9)
    keep("555.bmp", bitmap(9, 5, 16, [row.tobytes() for row in words]))
    masks = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    keep("565.bmp", bitmap(9, 5, 16, [row.tobytes() for row in words], 3, masks=masks))
    colors = noise(5, 16 * 4)
    nibbles = [noise(6 + row, 5) for row in range(4)]
    keep("four.bmp", bitmap(9, 4, 4, nibbles, colors=colors))
    lines = [noise(20 + row, 3 * 7) for row in range(4)]
    keep("top-down.bmp", bitmap(7, 4, 24, lines, top_down=True))
    keep("core.bmp", bitmap(7, 4, 24, lines, core=True))

    add("rgb.ppm", rgb, "PPM")
    add("gray.pgm", gray, "PPM")
    add("bit.pbm", bits, "PPM")
    keep("text.pbm", b"P1\n# a comment\n5 2\n01101\n1 0 0 1 1\n")
    keep("text.pgm", b"P2 3 2 # a comment\n11 0 1 2\n5 10 11\n")
    keep("text.ppm", b"P3\n2 1\n# a comment\n255\n1 2 3\n254 255 0\n")
    keep("few.ppm", b"P6 4 2 99\n" + bytes(b % 100 for b in noise(8, 24)))

    add("rgb.tif", rgb, "TIFF")
    add("gray.tif", gray, "TIFF")
    add("bit.tif", bits, "TIFF")
    add("palette.tif", palette, "TIFF")
    add("alpha.tif", alpha, "TIFF")
    add("packed.tif", palette, "TIFF", compression="packbits")
    add("strips.tif", rgb, "TIFF", tiffinfo={278: 4})
    add("big-endian.tif", Image.frombytes("L", gray.size, gray.tobytes()), "TIFF", big_endian=True)

    add("lossy.webp", rgb, "WEBP", quality=70)
    add("lossless.webp", rgb, "WEBP", lossless=True)
    add("alpha.webp", alpha, "WEBP", lossless=True, exact=True)
    add("lossless.jp2", rgb, "JPEG2000")
    add("lossy.jp2", rgb, "JPEG2000", irreversible=True, quality_mode="dB", quality_layers=[40])
    add("gray.j2k", gray, "JPEG2000", no_jp2=True)
    return cases


pillow = {n: getattr(Image.Resampling, n.upper()) for n in ("nearest", "box", "bilinear", "hamming", "bicubic", "lanczos")}
opencv = {n: getattr(cv2, "INTER_" + n.upper()) for n in ("nearest", "linear", "area", "cubic")}


def resized(array, filter, width, height):
    library, name = filter.split(".")
    if library == "opencv":
        return np.ascontiguousarray(cv2.resize(array, (width, height), interpolation=opencv[name])).tobytes()
    return Image.fromarray(array).resize((width, height), pillow[name]).tobytes()


def resizing():
    filters = ["pillow." + n for n in pillow] + ["opencv." + n for n in opencv]
    generator, exact, hashed, real = random.Random(11), [], [], []
    for filter in filters:
        source = np.frombuffer(noise(7, 23 * 17 * 3), np.uint8).reshape(17, 23, 3)
        # OpenCV's cubic is compared within 1, so its bytes are stored and not hashed.
        for width, height in ((9, 6), (30, 20), (40, 6), (11, 31))[: 4 if filter == "opencv.cubic" else 2]:
            exact.append({
                "seed": 7, "from": [23, 17, 3], "filter": filter, "to": [width, height],
                "bytes": base64.b64encode(resized(source, filter, width, height)).decode()})
        for _ in range(0 if filter == "opencv.cubic" else 40):
            w, h, c = generator.randint(1, 70), generator.randint(1, 70), generator.choice((1, 3))
            width, height = generator.randint(1, 90), generator.randint(1, 90)
            if generator.random() < 0.2:
                k = generator.randint(2, 4)
                w, h = min(width, 40) * k, min(height, 40) * k
                width, height = w // k, h // k
            seed = generator.randint(1, 10**6)
            array = np.frombuffer(noise(seed, w * h * c), np.uint8).reshape((h, w, c) if c == 3 else (h, w))
            hashed.append({
                "seed": seed, "from": [w, h, c], "filter": filter, "to": [width, height],
                "fnv": fnv(resized(array, filter, width, height))})
    for name in pillow:
        array = np.frombuffer(noise(5, 23 * 17), np.uint8).reshape(17, 23).astype(np.float32) / 7 - 11
        for width, height in ((9, 6), (30, 20), (30, 6)):
            out = Image.fromarray(array).resize((width, height), pillow[name]).tobytes()
            real.append({"filter": "pillow." + name, "to": [width, height], "fnv": fnv(out)})
    return {"exact": exact, "hashed": hashed, "real": real}


made = {"pillow": PIL.__version__, "opencv": cv2.__version__}
files = {
    "pictures.json": lambda: {"made_with": made, "cases": pictures()},
    "formats.json": lambda: {"made_with": made, "cases": formats()},
    "resizing.json": lambda: {"made_with": made, **resizing()},
}
for name, make in files.items():
    if name in (sys.argv[1:] or files):
        (here / name).write_text(json.dumps(make(), indent=0) + "\n")
