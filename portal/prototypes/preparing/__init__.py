"""From an uploaded file to what can be shown."""
