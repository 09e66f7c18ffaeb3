"""The chat page: its texts, its look, and answers as safe HTML. `app.py` serves it."""
