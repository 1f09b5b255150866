"""What do a file's bytes prove: text, a whole picture, an executable, an archive?"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

# (offset, magic, what it is). Whatever a file is called, these are not read and not let through as data.
_REFUSED: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x7fELF", "an executable (ELF)"),
    (0, b"\xfe\xed\xfa\xce", "an executable (Mach-O)"),
    (0, b"\xfe\xed\xfa\xcf", "an executable (Mach-O)"),
    (0, b"\xce\xfa\xed\xfe", "an executable (Mach-O)"),
    (0, b"\xcf\xfa\xed\xfe", "an executable (Mach-O)"),
    (0, b"\xca\xfe\xba\xbe", "compiled code (Java class or Mach-O)"),
    (0, b"\xca\xfe\xd0\x0d", "an archive (pack200)"),
    (0, b"\0asm", "compiled code (WebAssembly)"),
    (0, b"\xca\xfe\xba\xbf", "an executable (Mach-O)"),
    (0, b"\xbe\xba\xfe\xca", "an executable (Mach-O)"),
    (0, b"dex\n", "compiled code (DEX)"),
    (0, b"BC\xc0\xde", "compiled code (LLVM)"),
    (0, b"\x1bLua", "compiled code (Lua)"),
    (0, b"\x1bLJ", "compiled code (LuaJIT)"),
    (0, b";ELC\x17", "compiled code (Emacs Lisp)"),
    (0, b"PK\x03\x04", "an archive (zip, jar, office document)"),
    (0, b"PK\x05\x06", "an archive (zip)"),
    (0, b"PK\x07\x08", "an archive (zip)"),
    (0, b"\x1f\x9d", "an archive (compress)"),
    (0x8001, b"CD001", "a file system (ISO 9660)"),
    (0, b"# v2 git bundle", "an archive (git bundle)"),
    (0, b"# v3 git bundle", "an archive (git bundle)"),
    (0, b"PACK\0\0\0", "an archive (git pack)"),
    (0, b"SQLite format 3\0", "a database (SQLite)"),
    (0, b"\x89HDF\r\n\x1a\n", "serialised objects (HDF5)"),
    (0, b"\x93NUMPY", "serialised objects (NumPy)"),
    (0, b"\x1f\x8b", "an archive (gzip)"),
    (0, b"BZh", "an archive (bzip2)"),
    (0, b"\xfd7zXZ\0", "an archive (xz)"),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (0, b"Rar!\x1a\x07", "an archive (rar)"),
    (0, b"\x28\xb5\x2f\xfd", "an archive (zstd)"),
    (0, b"\x04\x22\x4d\x18", "an archive (lz4)"),
    (0, b"!<arch>\n", "an archive (ar, deb)"),
    (0, b"\xed\xab\xee\xdb", "an archive (rpm)"),
    (0, b"MSCF", "an archive (cab)"),
    (257, b"ustar", "an archive (tar)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document (OLE)"),
    (0, b"\xac\xed\x00\x05", "serialised Java objects"),
)
# The pointers of Git LFS, by all names it had, and of git-annex.
_ELSEWHERE = re.compile(
    rb"version https?://(?:git-lfs\.github\.com/spec/|hawser\.github\.com/spec/|git-media\.io/v/)"
    rb"|/?(?:\.\./)*(?:\.git/)?annex/objects/[^\n]{1,400}\n?\Z"
)
_CPIO = re.compile(rb"07070[127][0-9A-Fa-f]{104}")  # cpio(5), in characters
# Pickles run what they name when they are loaded: protocol 2 and later begin with a mark, protocol 0 is plain text.
_PICKLE = re.compile(rb"\x80[\x02-\x05](?:[\x95}\])(Xcq\x8c]|\x95)|\(?(?:dp\d+\n)?c[\w.]+\n[\w.]+\n(?:p\d+\n)?\(")
_ZIP_END = b"PK\x05\x06"  # APPNOTE 4.3.16: a zip is found from its end, so any file can carry one
_ZIP_END_REACH = 65_535 + 22
_PY_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # PEP 263


def refused(data: bytes) -> str | None:
    """Name what is executable, packed or stored elsewhere, whatever the file is called."""
    if pointer := _ELSEWHERE.match(data):
        whose = "git-annex" if b"annex" in pointer[0] else "Git LFS"
        return f"a {whose} pointer: the content lies elsewhere"
    for offset, magic, what in _REFUSED:
        if data.startswith(magic, offset):
            return what
    if data.startswith(b"MZ") and b"\0" in data[:256]:
        return "an executable (Windows)"
    if _CPIO.match(data):
        return "an archive (cpio)"
    if _PICKLE.match(data):
        return "serialised Python objects (pickle)"
    if data[2:4] == b"\r\n" and b"\0" in data[4:16]:
        return "compiled code (Python)"
    return None


def decoded(data: bytes) -> tuple[str, str]:
    """Give (text, "") for UTF-8 text, or ("", why not). A byte order mark is taken off."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return "", "UTF-16 or UTF-32, not UTF-8"
    if b"\0" in data:
        return "", "holds NUL bytes, so it is no text"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return "", f"not UTF-8 (byte {error.start + 1})"


def python_encoding(data: bytes) -> str:
    """Give the encoding that a Python file declares, as CPython would find it; "utf-8" where it declares none."""
    first, _, rest = data.removeprefix(codecs.BOM_UTF8).replace(b"\r", b"\n").partition(b"\n")
    match = _PY_COOKIE.match(first)
    if not match and re.fullmatch(rb"[ \t\f]*(?:#.*)?", first):  # PEP 263: the second line only after a blank one
        match = _PY_COOKIE.match(rest.partition(b"\n")[0])
    return match[1].decode("ascii", "replace").lower() if match else "utf-8"


def disproved(label: str, data: bytes) -> str | None:
    """Say why bytes are not the picture, font, sound or film that their name promises; None if they are."""
    proof = _PROOFS.get(label)
    if proof is None or not proof(data):
        return f"its content is not {label}"
    if _ZIP_END in data[-_ZIP_END_REACH:]:
        return f"an archive hides behind {label}"
    return None


def _is_png(data: bytes) -> bool:
    """Walk the chunks: the last one is IEND and nothing follows it (PNG 5.6, 11.2.5)."""
    position = 8
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return False
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        position += 12 + size
        if kind == b"IEND":
            return size == 0 and position == len(data)
    return False


def _is_riff(form: bytes) -> Callable[[bytes], bool]:
    def check(data: bytes) -> bool:
        if data[:4] != b"RIFF" or data[8:12] != form:
            return False
        size = int.from_bytes(data[4:8], "little") + 8
        return len(data) in (size, size + size % 2)

    return check


def _is_bmp(data: bytes) -> bool:
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)


def _is_icon(data: bytes) -> bool:
    """An icon's directory names pictures that lie inside the file and reach to its end."""
    if data[:4] not in (b"\0\0\1\0", b"\0\0\2\0") or len(data) < 22:
        return False
    count = int.from_bytes(data[4:6], "little")
    if not 0 < count <= 256 or len(data) < 6 + 16 * count:
        return False
    ends = [_little(data, entry + 8) + _little(data, entry + 12) for entry in range(6, 6 + 16 * count, 16)]
    return max(ends) == len(data)


def _little(data: bytes, position: int) -> int:
    return int.from_bytes(data[position : position + 4], "little")


def _is_font(data: bytes) -> bool:
    if data[:4] in (b"wOFF", b"wOF2"):  # WOFF 4, WOFF2 4: the length stands at byte 8
        return int.from_bytes(data[8:12], "big") == len(data)
    if data[34:36] == b"LP":  # EOT: its own size stands first
        return int.from_bytes(data[:4], "little") == len(data)
    return data[:4] in (b"\0\1\0\0", b"OTTO", b"true", b"ttcf") and len(data) > 12


def _has_box(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and len(data) > 16


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]


def _is_sound(data: bytes) -> bool:
    return _is_riff(b"WAVE")(data) or data[:4] in (b"OggS", b"fLaC") or data[:3] == b"ID3" or _is_mpeg(data)


def _is_mpeg(data: bytes) -> bool:
    return (len(data) > 4 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0) or _has_box(data)


def _is_film(data: bytes) -> bool:
    return _has_box(data) or data[:4] in (b"\x1a\x45\xdf\xa3", b"OggS") or _is_riff(b"AVI ")(data)


_PROOFS: dict[str, Callable[[bytes], bool]] = {
    "png": _is_png,
    "jpeg": lambda data: data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0\r\n").endswith(b"\xff\xd9"),
    "gif": lambda data: data[:6] in (b"GIF87a", b"GIF89a") and data.rstrip(b"\0").endswith(b";"),
    "webp": _is_riff(b"WEBP"),
    "bmp": _is_bmp,
    "icon": _is_icon,
    "photoshop": lambda data: data[:6] in (b"8BPS\0\1", b"8BPS\0\2") and len(data) > 26,
    "tiff": lambda data: data[:4] in (b"II*\0", b"MM\0*") and len(data) > 8,
    "heif": _has_box,
    "font": _is_font,
    "pdf": _is_pdf,
    "sound": _is_sound,
    "film": _is_film,
}
