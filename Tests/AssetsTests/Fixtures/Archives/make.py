"""Makes the archive fixtures of this folder: python3 make.py (any Python from 3.8 with its standard library)."""
import gzip, hashlib, io, json, random, struct, tarfile, zipfile, zlib

random.seed(20240501)
words = b"assay metal touch stone hallmark carat fineness cupel bead parting ".split()
text = b" ".join(random.choice(words) for _ in range(3000))
noise = bytes(random.getrandbits(8) for _ in range(3000))
runs = b"".join(bytes([random.getrandbits(8)]) * random.randint(1, 700) for _ in range(60))
contents = {"text": text, "noise": noise, "runs": runs, "empty": b"", "one": b"x"}
hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
json.dump(hashes, open("contents.json", "w"), indent=1, sort_keys=True)

streams = {"level0": (0, 0), "level1": (1, 0), "level6": (6, 0), "level9": (9, 0), "huffman": (6, 2), "rle": (6, 3),
           "fixed": (6, 4), "filtered": (6, 1)}
with open("deflate.bin", "wb") as out:  # records: name length, name, stream length, stream
    for label, (level, strategy) in streams.items():
        for name, data in contents.items():
            packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
            stream = packer.compress(data) + packer.flush()
            key = f"{label}/{name}".encode()
            out.write(struct.pack("<I", len(key)) + key + struct.pack("<I", len(stream)) + stream)

stamp = (2024, 5, 1, 0, 0, 0)
with zipfile.ZipFile("mixed.zip", "w") as z:
    for name, data in contents.items():
        z.writestr(zipfile.ZipInfo(f"folder/{name}.stored", stamp), data, zipfile.ZIP_STORED)
        z.writestr(zipfile.ZipInfo(f"folder/{name}.deflated", stamp), data, zipfile.ZIP_DEFLATED)
    with z.open(zipfile.ZipInfo("wide", stamp), "w", force_zip64=True) as member:
        member.write(text)


class Pipe(io.RawIOBase):
    """A sink that cannot seek, so that zipfile writes data descriptors."""
    def __init__(self): self.data = bytearray()
    def writable(self): return True
    def write(self, b): self.data += b; return len(b)


pipe = Pipe()
with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr(zipfile.ZipInfo("text.deflated", stamp), text, zipfile.ZIP_DEFLATED)
open("streamed.zip", "wb").write(pipe.data)
with zipfile.ZipFile("escaping.zip", "w") as z:
    z.writestr(zipfile.ZipInfo("../outside", stamp), b"x")

with open("members.gz", "wb") as out:
    for name in ("text", "runs"):
        with gzip.GzipFile(f"{name}.txt", "wb", 9, out, 1714521600) as member:
            member.write(contents[name])

for form, name in ((tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as t:
        long = "a-rather-long-folder-name/" * (3 if name == "ustar" else 6)
        for path, data in (("./text", text), (long + "noise", noise), ("empty", b"")):
            info = tarfile.TarInfo(path)
            info.size = len(data)
            info.mtime = 1714521600
            t.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        t.addfile(link)
    open(f"{name}.tar.gz", "wb").write(gzip.compress(buffer.getvalue(), 9, mtime=0))
buffer = io.BytesIO()
with tarfile.open(fileobj=buffer, mode="w") as t:
    info = tarfile.TarInfo("a/../../outside")
    info.size = 1
    t.addfile(info, io.BytesIO(b"x"))
open("escaping.tar.gz", "wb").write(gzip.compress(buffer.getvalue(), 9, mtime=0))
