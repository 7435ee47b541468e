"""The inbox: the feedback of all projects as the studio works through it."""
