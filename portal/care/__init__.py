"""How well clients are looked after: who hears of complaints, one question at the end, the figures."""
