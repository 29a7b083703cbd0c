"""Two themes, dark and light: one accent, one warning colour, the rest is weight and space."""

from textual.theme import Theme

DARK = Theme(
    name="offhand-dark",
    dark=True,
    primary="#6cb6a8",
    secondary="#8aa0b4",
    accent="#6cb6a8",
    warning="#e2a356",
    error="#e2a356",
    success="#6cb6a8",
    foreground="#d6dade",
    background="#15181c",
    surface="#1b1f24",
    panel="#252a31",
    variables={
        "quiet": "#8b949e",
        "code": "#c9b37e",
        "heat-1": "#2b4a46",
        "heat-2": "#3c6c64",
        "heat-3": "#529487",
        "heat-4": "#77cbbb",
        "footer-key-foreground": "#6cb6a8",
        "block-cursor-background": "#2a3138",
        "block-cursor-foreground": "#eef1f4",
        "block-cursor-text-style": "none",
    },
)
LIGHT = Theme(
    name="offhand-light",
    dark=False,
    primary="#0c6b5c",
    secondary="#4a5a68",
    accent="#0c6b5c",
    warning="#9c4f00",
    error="#9c4f00",
    success="#0c6b5c",
    foreground="#22272b",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e7e4da",
    variables={
        "quiet": "#656d72",
        "code": "#7a5400",
        "heat-1": "#cfe5df",
        "heat-2": "#93c8bb",
        "heat-3": "#4f9f8f",
        "heat-4": "#0c6b5c",
        "footer-key-foreground": "#0c6b5c",
        "block-cursor-background": "#dfe9e4",
        "block-cursor-foreground": "#111518",
        "block-cursor-text-style": "none",
    },
)
THEMES = {"dark": DARK, "light": LIGHT}
