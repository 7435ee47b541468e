"""`python -m portal.cli`, for a process that is started without the script on its path."""

from portal.cli import main

main()
