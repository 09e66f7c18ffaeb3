"""How the embedded models are made, from public data. Nothing here is imported when answering."""
