"""Where a person's files are: database, settings, decks and backups."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one learner."""

    database: Path
    settings: Path
    decks: Path
    backups: Path

    @property
    def imports(self) -> Path:
        """What the imports left behind, so that they can be compared and undone."""
        return self.backups.parent / "imports"

    @property
    def unsaved(self) -> Path:
        """What was typed into forms and not saved."""
        return self.backups.parent / "unsaved.json"

    @classmethod
    def below(cls, home: Path) -> "Paths":
        """Everything under one directory."""
        home = home.expanduser().absolute()
        return cls(home / "offhand.db", home / "settings.toml", home / "decks", home / "backups")


def find_paths(home: str | None = None) -> Paths:
    """The places under `home` (by default `OFFHAND_HOME`), or else where the system keeps such."""
    home = home or os.environ.get("OFFHAND_HOME")
    if home:
        return Paths.below(Path(home))
    # Not needed where a home is given, and as dear as the rest of this module ten times over.
    from platformdirs import user_config_path, user_data_path

    data = user_data_path("offhand", appauthor=False)
    settings = user_config_path("offhand", appauthor=False) / "settings.toml"
    return Paths(data / "offhand.db", settings, data / "decks", data / "backups")
