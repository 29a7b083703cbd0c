"""`python -m offhand`."""

from offhand.cli.main import main

if __name__ == "__main__":
    main()
