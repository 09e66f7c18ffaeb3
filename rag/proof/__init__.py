"""Whether a sentence is proved by sentences of articles (`support`)."""
