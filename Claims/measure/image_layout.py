"""Makes OCI image layouts (image-spec 1.1) of Debian systems, from the distribution's own packages."""
import gzip
import hashlib
import json
import os
import shutil
import subprocess


def debian(folder, suite, packages=()):
    """A minimal system in a folder, made by debootstrap, which needs the rights of root."""
    command = ["debootstrap", "--variant=minbase", *(["--include=" + ",".join(packages)] if packages else []), suite, folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def layout(folder, root):
    """Writes a layout with an image of one layer, all that lies below a root; the result is the manifest's digest."""
    os.makedirs(f"{folder}/blobs/sha256")

    def keep(path):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = os.path.getsize(path)
        shutil.move(path, f"{folder}/blobs/sha256/{digest}")
        return {"digest": f"sha256:{digest}", "size": size}

    def document(content, kind):
        with open(f"{folder}/new", "w", encoding="utf-8") as file:
            json.dump(content, file)
        return {"mediaType": f"application/vnd.oci.image.{kind}+json", **keep(f"{folder}/new")}

    plain, packed = f"{folder}/layer.tar", f"{folder}/layer.tar.gz"
    subprocess.run(["tar", "--exclude=./dev/*", "-C", root, "-cf", plain, "."], check=True)
    with open(plain, "rb") as file:
        inside = hashlib.file_digest(file, "sha256").hexdigest()
    with open(plain, "rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
        shutil.copyfileobj(source, target)
    os.unlink(plain)
    layer = {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", **keep(packed)}
    config = document({
        "architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/usr/local/bin:/usr/bin:/bin"]},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{inside}"]}}, "config.v1")
    manifest = document({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": config,
                         "layers": [layer]}, "manifest.v1")
    with open(f"{folder}/index.json", "w", encoding="utf-8") as file:
        json.dump({"schemaVersion": 2, "manifests": [manifest]}, file)
    with open(f"{folder}/oci-layout", "w", encoding="utf-8") as file:
        json.dump({"imageLayoutVersion": "1.0.0"}, file)
    return manifest["digest"]
