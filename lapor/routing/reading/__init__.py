"""Reads the text of a message: where, when, how urgent, whether it asks for secrecy, whom it accuses, whether it says
a thing at all. Rules and readable tables only; no database, no network, no model; any text gives an answer.

Method
------
*Places* (`places.read_place`). `gazetteer` holds every province, regency, city, district and village of
`agencies/data/regions.tsv`, with landmarks and old names (data/place_landmarks.csv) and shorthand
(data/place_shorthand.csv). `mentions` finds every name in the words, whatever the spacing ("bau bau", "baubau",
"bau2"), also glued ("disamarinda", "@pdambontang"). `weighing` says how much each tells: where somebody lives,
comes from, goes to or compares with counts little, and names of persons and dishes hardly at all. `settling` says
which of the places that share a name is meant: the one within another place of the text; without one, only a name
that is borne once. A name that is an everyday word (data/place_common_words.txt) needs a word before it that
announces a place (data/place_cues.csv), or the place above it right behind. `slips` forgives one wrong letter. The
regency with the most weight wins, then the district, then the village, as far as the words settle it.

*Dates* (`dates.read_date`): a range, never after the day it is read on. *Facts* (`facts.read_facts`): conditions
over phrases in data/urgent_words.csv, urgent_signs.csv and message_signs.csv, in the grammar of `routing.phrases`.

Limits
------
Only the first 4,000 characters are read. A name that a city and its regency share ("Bekasi", "Malang") is taken for
the city unless the text says otherwise. The seat of a regency ("Ruteng") stands for the regency, unless the regency
is named after it or a kecamatan before. Of several districts of one name, without any other word, only that of the
home province is taken. Between two ends of a road nothing is settled. Urgency is found by words: irony, new kinds
of danger and other languages than those of the tables are missed, and an officer must still read. Accused persons
in small letters are found only after words like "bernama". Islamic feasts of coming years are estimates of the
`holidays` library.
"""
