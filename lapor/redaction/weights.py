"""How much each sign says that a stretch of words is the name of a person, and the shapes of the signs around it.

Set by hand from knowledge of how people write, and checked against labelled messages (docs/publication.md).
"""

from __future__ import annotations

import re

SURE, DOUBT = 2.5, 1.9  # from the first on it is a name; between both a person looks
MOST_WORDS = 7  # the longest name in parts
TAIL = 60  # letters after a name that may still be its signature's

# What one word adds, by how it is written: with a capital or small.
WORD = {
    "known": (1.6, 1.5),
    "ambiguous": (0.3, 0.1),  # a name and an ordinary word as well
    "unknown": (0.5, 0.3),
    "shaped": (1.3, 0.9),  # unknown, and ending as names do
}
PLACE = {1: 0.6, 3: 1.5, 4: 3.0}  # taken off for a word that is a region of that level and no name
WHOLE_PLACE = {1: 1.6, 3: 2.6, 4: 4.5}  # taken off where the whole stretch is a region
# What stands before it, likewise.
BEFORE = {
    "introduces": (4.0, 4.0),
    "names": (3.5, 2.6),
    "self": (3.5, 2.0),
    "address": (3.5, 3.0),
    "kin": (3.2, 2.6),
    "role": (1.9, 2.0),
    "by": (0.7, 0.4),
    "place": (-2.5, -1.5),
    "thing": (-6.0, -6.0),
}
CALLED_AFTER = -12.0  # a thing that is called after a person, whatever titles the name has
CUED = 2.6  # from this weight on, what stands before outdoes that a village has the same name
ROLE_AND_COMMA, ROLE_FURTHER, CLOSING, BESIDE_A_NAME = 2.6, 1.4, 3.2, 2.6
# What it holds and what follows.
HONOUR, PARTICLE, TWO_WORDS, THREE_WORDS, ONE_WORD = 2.6, 2.0, 0.7, 1.0, -1.0
FROM_A_PERSON, OF_A_PERSON = 0.3, 1.0  # where a place or a thing is expected
KIN_AFTER = 1.2
INITIAL = 2.0  # a letter beside a known name: "J. Sembiring", "Udin S."
LISTED = 2.0  # a known name among others
CAPITAL = 0.8  # a known name with a capital where hardly a word has one
AGE, NUMBER, ROLE_AFTER, DOES, LAST_LINE, PLACE_AFTER, PUBLIC = 2.5, 2.5, 1.8, 0.8, 2.6, -1.5, -9.0

JOIN = re.compile(r"^['’‘`]? {1,2}$|^-$|^\. ?$|^ [\"“]$|^[\"”] $")
NEAR = re.compile(r"^[\s.,:;\"“”'‘’(=/\-–]{0,4}$")
AGE_SAID = re.compile(
    r"[\s,(]{1,3}(?:umur|usia|berumur|berusia|\d{1,2}\)|\d{1,2}\s?(?:th|thn|tahun)\b|kelas \d|kls \d)", re.IGNORECASE
)
NUMBER_SAID = re.compile(
    r"[\s,(.:]{1,3}(?:nik|hp|wa|no\.? ?(?:hp|wa|telp|ktp)|nomor|telp|telepon|surel|e-?mail|"
    r"\+?62\d|0 ?8[\d ]|\w[\w.]*@)",
    re.IGNORECASE,
)
NUMBER_BEFORE = re.compile(r"(?<!\d)(?:\+?62|0) ?8[\d -]{7,14}\d[ ,(\-–]{1,3}$")
COMMA_WORD = re.compile(r"\s?[,(]\s?([^\W\d_]+)")
NEXT_WORD = re.compile(r"\s(?:yg |yang |itu |ini )?([^\W\d_]+)")
TO_THE_END = re.compile(
    r"[\s.,!)\"”\-]*$|(?:,? RT[ .]{0,2}\d| (?:dr|dari) )[^.\n]{0,40}[.)]?\s*$|\s?[,(/][^.\n]{2,60}[.)]?\s*$|[.,]?\n"
)
CLOSING_SAID = re.compile(
    r"(?<!\w)(?:hormat(?: kami| saya|ku)?|salam(?: hormat| hangat| dari| takzim)?|wassalam\w*|wr\.? ?wb|"
    r"tarima ?kas[ei]h?|terima ?kasih|trims|makasih?|makase|t?rmksh|t?ksh|mksh|tks|thx|thanks|syukron|mauliate|bujur|"
    r"tertanda|t\.?t\.?d\.?|(?:matur )?nuwun|(?:hatur )?nuhun|(?:matur )?suksma|(?<=[.!?] )[-–]|"
    r"pelapor|pengirim|pemohon|yang (?:melaporkan|memohon|bermohon|menulis)|"
    r"(?:per)?wakil(?:an)?(?: [a-z]+){0,2}|ketua(?: [a-z]+){0,2}|(?<=[.!?\n] )(?-i:Dari)|"
    r"(?:atas nama|an\.?|a\.n\.?) (?:seluruh |segenap )?(?:warga|kelompok|poktan|gapoktan|rukun|persatuan|himpunan|klp|"
    r"keluarga|perkumpulan|paguyuban|masyarakat|pemuda|forum|orang tua)(?: [a-z]+){0,2})\s?[,.:;!\s]{1,4}$",
    re.IGNORECASE,
)
