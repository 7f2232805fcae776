"""What LAPOR costs as it grows, as ratios in one run: `python -m bench --help`. Figures are in docs/performance.md."""
