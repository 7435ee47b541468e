"""The ladder behind `make bench`: what a page and a yes cost, in one run, as ratios."""
