import os
import shutil
import tarfile
import zipfile


def unpack(path, folder):
    # ok: python.tarfile.extract-without-filter
    zipfile.ZipFile(path).extractall(folder)
    archive = tarfile.open(path)
    # ruleid: python.tarfile.extract-without-filter
    archive.extractall(folder)
    # ok: python.tarfile.extract-without-filter
    archive.extractall(folder, filter="data")
    with tarfile.open(path, "r:gz") as other:
        # ruleid: python.tarfile.extract-without-filter
        other.extract("data.csv", folder)
        # ruleid: python.tarfile.extract-without-filter
        other.extractall(folder, filter="fully_trusted")
        # ok: python.tarfile.extract-without-filter
        other.extract("data.csv", folder, filter=tarfile.data_filter)


def by_hand(path, folder):
    archive = zipfile.ZipFile(path)
    for member in archive.infolist():
        # ruleid: python.archive.member-path-traversal
        with open(os.path.join(folder, member.filename), "wb") as out:
            out.write(archive.read(member))
        # ok: python.archive.member-path-traversal
        archive.extract(member, folder)
    for name in archive.namelist():
        target = folder / name
        # ruleid: python.archive.member-path-traversal
        target.write_bytes(archive.read(name))
        # ok: python.archive.member-path-traversal
        with open(os.path.join(folder, os.path.basename(name)), "wb") as out:
            out.write(archive.read(name))
        # ok: python.archive.member-path-traversal
        with open(os.path.join(folder, name), "rb") as existing:
            compare(existing, archive.read(name))
