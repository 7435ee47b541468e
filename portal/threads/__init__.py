"""Conversation on any subject: messages that both sides read, notes that only the studio does."""
