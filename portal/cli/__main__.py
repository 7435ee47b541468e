"""`python -m portal.cli`, for a process that is started without the script on its path."""

from portal.cli import main

if __name__ == "__main__":  # The web process reads this file again where it is not forked.
    main()
