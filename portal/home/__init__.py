"""What waits for whom, and each project on one page. Reads everything below; nobody imports it."""
