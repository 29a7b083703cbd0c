"""Style sheets are read when they are needed, and no screen is ever without its own."""

import pytest
from textual.color import Color

from offhand.tui.app import OffhandApp
from offhand.tui.screens.help import HelpScreen
from offhand.tui.themes import THEMES
from support import Home, deck_of


class _Hasty(OffhandApp):
    """Has its help opened before anything was painted, as a key typed ahead does."""

    def on_mount(self) -> None:
        self.push_screen(HelpScreen(self.screen))


def _sheet(app: OffhandApp) -> tuple[object, ...]:
    styles = app.screen.query_one(".sheet").styles
    return styles.width, styles.max_height, styles.border, styles.background


async def test_a_screen_opened_before_the_first_paint_wears_what_it_wears_later(
    home: Home,
) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)})
    async with OffhandApp(desk).run_test() as pilot:
        await pilot.press("question_mark")
        later = _sheet(pilot.app)
    async with _Hasty(desk).run_test() as pilot:
        await pilot.pause()
        assert _sheet(pilot.app) == later
        assert str(later[0]) == "76"


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_first_screen_has_the_colours_of_the_setting(home: Home, theme: str) -> None:
    desk = home.open({"numbers.yaml": deck_of(3)}, theme=theme)
    async with OffhandApp(desk).run_test() as pilot:
        assert pilot.app.theme == THEMES[theme].name
        assert pilot.app.screen.styles.background == Color.parse(THEMES[theme].background or "")
        await pilot.press("t")
        other = THEMES["light" if theme == "dark" else "dark"]
        assert pilot.app.screen.styles.background == Color.parse(other.background or "")
