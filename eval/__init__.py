"""Scoring what the question's side finds, against questions whose evidence is known."""
