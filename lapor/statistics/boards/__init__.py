"""What dashboards show, with small numbers hidden: tables first, charts drawn from the same tables."""
