"""The vectors are those that Certificate Transparency's implementations of RFC 6962 share: eight leaves, their roots."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapor.lib import merkle

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(1, 300)


def plain_root(hashes: list[bytes]) -> bytes:
    """§2.1 word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return merkle.node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


def stored(hashes: list[bytes]) -> merkle.Complete:
    def complete(level: int, index: int) -> bytes:
        part = hashes[index << level : (index + 1) << level]
        assert len(part) == 1 << level, "only complete subtrees are asked for"
        return plain_root(part)

    return complete


def hashes(size: int) -> list[bytes]:
    return [merkle.leaf_hash(str(n).encode()) for n in range(size)]


def test_the_shared_vectors_have_their_roots() -> None:
    given_hashes = [merkle.leaf_hash(leaf) for leaf in LEAVES]
    peaks = merkle.Peaks()
    for number, leaf in enumerate(given_hashes, start=1):
        peaks.add(leaf)
        assert peaks.root().hex() == ROOTS[number - 1]
        assert merkle.root_of(number, stored(given_hashes)).hex() == ROOTS[number - 1]


def test_the_shared_vectors_have_their_inclusion_path() -> None:
    path = merkle.inclusion(0, 8, stored([merkle.leaf_hash(leaf) for leaf in LEAVES]))
    assert [step.hex() for step in path] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root_of(0, stored([])) == merkle.Peaks().root() == hashlib.sha256(b"").digest()


@settings(deadline=None)
@given(SIZES, st.data())
def test_a_path_leads_from_its_leaf_to_the_root_and_from_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    root, path = plain_root(leaves), merkle.inclusion(index, size, stored(leaves))
    assert merkle.includes(leaf=leaves[index], index=index, size=size, path=path, root=root)
    assert not merkle.includes(leaf=merkle.leaf_hash(b"other"), index=index, size=size, path=path, root=root)
    assert not merkle.includes(leaf=leaves[index], index=index, size=size, path=[*path, root], root=root)
    assert not merkle.includes(leaf=leaves[index], index=index, size=size, path=path, root=leaves[index] + b"x")
    for other in {(index + 1) % size, (index + size // 2) % size} - {index}:
        assert not merkle.includes(leaf=leaves[index], index=other, size=size, path=path, root=root)


@settings(deadline=None)
@given(SIZES, st.data())
def test_a_tree_that_grew_proves_that_it_kept_its_beginning(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    leaves = hashes(size)
    roots = {"old_root": plain_root(leaves[:old]), "new_root": plain_root(leaves)}
    path = merkle.consistency(old, size, stored(leaves))
    assert merkle.extends(old=old, new=size, path=path, **roots)
    if 0 < old < size:
        assert not merkle.extends(old=old, new=size, path=path[:-1], **roots)
        assert not merkle.extends(old=old, new=size, path=path, **roots | {"old_root": merkle.EMPTY})
        assert not merkle.extends(old=old, new=size, path=path, **roots | {"new_root": merkle.EMPTY})


@settings(deadline=None)
@given(SIZES, st.data())
def test_a_tree_in_which_an_old_leaf_was_changed_cannot_prove_it(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    place = data.draw(st.integers(0, old - 1))
    honest, forged = hashes(size), hashes(size)
    forged[place] = merkle.leaf_hash(b"rewritten")
    path = merkle.consistency(old, size, stored(forged))
    roots = {"old_root": plain_root(honest[:old]), "new_root": plain_root(forged)}
    assert not merkle.extends(old=old, new=size, path=path, **roots)


@settings(deadline=None)
@given(SIZES)
def test_what_a_leaf_completes_is_told_once_with_its_place(size: int) -> None:
    leaves = hashes(size)
    complete = stored(leaves)
    peaks, told = merkle.Peaks(), set()
    for leaf in leaves:
        for level, index, found in peaks.add(leaf):
            assert found == complete(level, index)
            told.add((level, index))
    assert told == {(level, index) for level in range(1, 10) for index in range(size >> level)}


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_no_path_leads_from_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion(index, size, stored(hashes(3)))
