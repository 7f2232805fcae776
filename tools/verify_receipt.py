#!/usr/bin/env python3
"""Checks a receipt of LAPOR!, and the tree it is in, without the network and with Python 3.9 or later alone.

    python3 verify_receipt.py receipt.json --keys keys.json
    python3 verify_receipt.py receipt.json --keys keys.json --head head-kept-elsewhere.json --proof consistency.json
    python3 verify_receipt.py receipt.json --keys keys.json --code 4827193056 --title "..." --text words.txt
    python3 verify_receipt.py --keys keys.json --head old.json --head new.json --proof consistency.json

`keys.json` is what the service publishes at /api/v1/evidence/keys; keep a copy that did not come with the receipt.
Exit code: 0 everything shown holds, 1 something does not, 2 a file cannot be read. Signatures are Ed25519 (RFC 8032),
the tree and its proofs those of RFC 6962 and RFC 9162.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Doubt(Exception):
    """What was shown does not hold."""


class Unreadable(Exception):
    """A file is missing or is not what it should be."""


# A point is (X, Y, Z, T) as in RFC 8032, section 5.1.4.
Point = tuple[int, int, int, int]


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def point_of(data: bytes) -> Point | None:
    """The point that these 32 bytes spell; None when there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


_BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
assert _BASE is not None
BASE: Point = _BASE


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    key, half = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or half is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    return same(times(s, BASE), add(half, times(int.from_bytes(digest, "little") % L, key)))


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def includes(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node(step, first), node(step, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node(second, step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def canonical(value: object) -> bytes:
    """The one spelling that is hashed and signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def read(path: str) -> dict[str, Any]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise Unreadable(f"{path}: {problem}") from None
    if not isinstance(found, dict):
        raise Unreadable(f"{path}: not what was expected")
    return found


def keys_in(path: str) -> dict[str, bytes]:
    return {one["key"]: bytes.fromhex(one["public"]) for one in read(path)["keys"]}


def check_signed(shown: dict[str, Any], kind: str, keys: dict[str, bytes]) -> None:
    """Refuses what is of another kind or not signed by a known key."""
    if shown["statement"].get("type") != kind:
        raise Doubt(f"this is not a {kind}")
    public = keys.get(shown["key"])
    if public is None:
        raise Doubt(f"no key of the name {shown['key']} is known")
    if not is_signed(public, canonical(shown["statement"]), bytes.fromhex(shown["signature"])):
        raise Doubt(f"the signature on the {kind} is not that of key {shown['key']}")


def check_receipt(receipt: dict[str, Any], keys: dict[str, bytes]) -> list[str]:
    check_signed(receipt, "lapor-receipt-1", keys)
    return [f"The receipt was signed by key {receipt['key']} and says: received {receipt['statement']['at']}."]


def check_head(head: dict[str, Any], keys: dict[str, bytes]) -> list[str]:
    check_signed(head, "lapor-head-1", keys)
    return [f"The head over {head['statement']['size']} entries was signed on {head['statement']['at']}."]


def check_inclusion(receipt: dict[str, Any], keys: dict[str, bytes]) -> list[str]:
    """That the receipt is in the tree of the head that came with it."""
    proof = receipt["inclusion"]
    told = check_head(proof["head"], keys)
    leaf = hashlib.sha256(b"\x00" + canonical(receipt["statement"])).digest()
    said = proof["head"]["statement"]
    path = [bytes.fromhex(step) for step in proof["path"]]
    if not includes(leaf, proof["index"], said["size"], path, bytes.fromhex(said["root"])):
        raise Doubt("the receipt is not in the tree of this head")
    return [*told, f"The receipt is entry {proof['index']} of that tree."]


def check_consistency(one: dict[str, Any], other: dict[str, Any], proof: dict[str, Any]) -> list[str]:
    """That the tree of the larger head begins with the tree of the smaller."""
    old, new = sorted((one["statement"], other["statement"]), key=lambda said: said["size"])
    path = [bytes.fromhex(step) for step in proof["path"]]
    if (proof["old"], proof["new"]) != (old["size"], new["size"]):
        raise Doubt(f"the proof is not for the trees of {old['size']} and {new['size']} entries")
    if not extends(old["size"], new["size"], bytes.fromhex(old["root"]), bytes.fromhex(new["root"]), path):
        raise Doubt(
            f"the tree of {new['size']} entries does not begin with the tree of {old['size']}: it was rewritten"
        )
    return [f"The tree of {new['size']} entries begins with the tree of {old['size']}: nothing in it was rewritten."]


def tidy(text: str) -> str:
    """The words as the service keeps them: one kind of line end and blank, nothing invisible."""
    text = re.sub("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    text = seen(unicodedata.normalize("NFKC", seen(text)))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def seen(text: str) -> str:
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"})


def check_filed(receipt: dict[str, Any], code: str, title: str, text: str) -> list[str]:
    """That this code, these words were filed; only who has the salt can show it."""
    salt, said, told = bytes.fromhex(receipt["salt"]), receipt["statement"], []
    if code:
        digits = "".join(letter for letter in code if letter.isdigit())
        if hashlib.sha256(salt + canonical(digits)).hexdigest() != said["code"]:
            raise Doubt("the receipt is for another code")
        told.append("The receipt is for this code.")
    if text:
        filed = canonical({"text": tidy(text), "title": tidy(title)})
        if hashlib.sha256(salt + filed).hexdigest() != said["filed"]:
            raise Doubt("other words were filed than these (or another title)")
        told.append("These words and this title are what was filed.")
    return told


def run(given: argparse.Namespace) -> list[str]:
    keys, told = keys_in(given.keys), []
    heads = [read(path) for path in given.head]
    for head in heads:
        told += check_head(head, keys)
    if given.receipt:
        receipt = read(given.receipt)
        told += check_receipt(receipt, keys)
        text = ""
        if given.text:
            try:
                text = Path(given.text).read_text(encoding="utf-8")
            except (OSError, ValueError) as problem:
                raise Unreadable(f"{given.text}: {problem}") from None
        told += check_filed(receipt, given.code, given.title, text)
        if receipt.get("inclusion"):
            told += check_inclusion(receipt, keys)
            heads.append(receipt["inclusion"]["head"])
        else:
            told.append("It carries no proof that it is in the tree: download it again after some minutes.")
    if given.proof:
        if len(heads) != 2:
            raise Doubt("a consistency proof is about two heads")
        told += check_consistency(heads[0], heads[1], read(given.proof))
    if not told:
        raise Unreadable("nothing to check: give a receipt or --head")
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipt", nargs="?", help="the receipt that the service gave")
    parser.add_argument("--keys", required=True, help="the published keys")
    parser.add_argument("--head", action="append", default=[], help="a signed head; twice to compare two")
    parser.add_argument("--proof", help="the consistency proof between two heads")
    parser.add_argument("--code", default="", help="the code of the report")
    parser.add_argument("--title", default="", help="the title that was filed")
    parser.add_argument("--text", help="a file with the words that were filed")
    try:
        told = run(parser.parse_args())
    except Doubt as doubt:
        print(f"DOES NOT HOLD: {doubt}.")
        return 1
    except Unreadable as problem:
        print(f"Cannot be read: {problem}")
        return 2
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        print(f"Cannot be read: a file is not what it should be ({type(problem).__name__})")
        return 2
    print("\n".join([*told, "Everything shown holds."]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
