"""How well routing does on labelled messages: shares with their intervals, for kind, category, level and more."""
