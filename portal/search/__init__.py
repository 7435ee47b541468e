"""Search over everything the reader may see: an index that the rooms' facts keep up to date."""
