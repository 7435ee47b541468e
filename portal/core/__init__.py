"""The floor: database, clock, money, jobs and the web's manners. Knows no room."""
