"""Who may do what: people, memberships, ways in, and the gate before every view."""
