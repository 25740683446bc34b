"""``python -m rozmova`` is the command ``rozmova``."""

from rozmova.cli.app import main

if __name__ == "__main__":
    main()
