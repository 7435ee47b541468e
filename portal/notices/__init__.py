"""From facts to people: a sentence for every verb, and a letter for those who need one."""
