"""The terminal app: themes, the way between screens, and what all screens can do."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import ActiveBinding, Binding, BindingType
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.screen import Screen

from offhand.domain.text import visible
from offhand.errors import OffhandError
from offhand.settings import save_setting
from offhand.study.desk import Desk
from offhand.study.review import Review
from offhand.tui.themes import THEMES
from offhand.tui.widgets.keybar import keys_shown

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

_QUIT = "Leave Offhand; nothing is lost"
_NOTICES_AT_ONCE = 3
_STYLES = Path(__file__).with_name("offhand.tcss")
_OPENED_STYLES = Path(__file__).with_name("opened.tcss")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")


class OffhandApp(App[None]):
    """Offhand on screen. Opens at home, in a sitting when `review` is given, or at what `first` makes.

    What it opens at is left to leave Offhand, home aside.
    """

    TITLE = "Offhand"
    CSS_PATH = _STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", key_display="?", tooltip="What every key does"),
        # The first also from a sheet over a screen; the second copies where text is marked.
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, tooltip=_QUIT),
        Binding("ctrl+c", "quit", "quit", show=False, tooltip=_QUIT),
    ]

    def __init__(
        self,
        desk: Desk,
        review: Review | None = None,
        first: Callable[[], Screen[None]] | None = None,
    ) -> None:
        # Screens that a key opens have a style sheet of their own, which need not be read until then.
        super().__init__(css_path=[_STYLES, _OPENED_STYLES] if first else None)
        self.desk = desk
        self._first_review = review
        self._first = first
        for theme in THEMES.values():
            self.register_theme(theme)
        # Set as if it had been there from the first: to change to it would parse every style sheet
        # twice before the first paint.
        self.set_reactive(App.theme, THEMES[desk.settings.theme].name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """The screen that everything else lies upon."""
        if self._first is not None:
            return self._first()
        if self._first_review is not None:
            from offhand.tui.screens.review import ReviewScreen

            return ReviewScreen(self.desk, self._first_review)
        from offhand.tui.screens.home import HomeScreen

        return HomeScreen(self.desk)

    def on_ready(self) -> None:
        """Tell what is new, and make ready what the first key needs."""
        self.stylesheet.add_source(_OPENED_STYLES.read_text("utf-8"), (str(_OPENED_STYLES), ""))
        if len(self.screen_stack) > 1:
            # A key was quicker.
            self.refresh_css()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        Thread(target=_warm_up, daemon=True).start()
        self.tell_notices()

    def tell_notices(self) -> None:
        """Show what the desk has to tell: decks that could not be read, cards renamed."""
        # A deck with a fault is told of each time that the decks are read.
        told = list(dict.fromkeys(self.desk.take_notices()))
        if more := told[_NOTICES_AT_ONCE:]:
            # More of them would cover the screen.
            told = [*told[:_NOTICES_AT_ONCE], f"And {len(more)} more like these."]
        for notice in told:
            self.notify(notice, severity="warning", timeout=12, markup=False)

    def tell(self, error: OffhandError) -> None:
        """Show what went wrong and how to mend it."""
        body = "\n".join(part for part in (error.message, error.mend) if part)
        self.notify(body, title=error.title, severity="error", timeout=12, markup=False)

    def went_well(self, do: Callable[[], object]) -> bool:
        """Do something; what goes wrong is told. Returns whether it went well."""
        try:
            do()
        except OffhandError as error:
            self.tell(error)
            return False
        return True

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message at the side. It is data: a path or a card in it may hold anything."""
        super().notify(
            visible(message), title=visible(title), severity=severity, timeout=timeout, markup=False
        )

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a click asks for; what goes wrong is told, and the screen stays."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except OffhandError as error:
            self.tell(error)
            return True

    def open_outside(self, addresses: Iterable[str]) -> None:
        """Open pictures or pages with what the system has for them; without a display, name them."""
        if sys.platform == "linux" and not any(map(os.environ.get, _DISPLAYS)):
            # A browser for the terminal would take it over while the app draws on it.
            self.notify("\n".join(addresses), title="There is no display to open it on", timeout=12)
            return
        for address in addresses:
            self.open_url(address)

    def replace(self, screen: Screen[None], by: Screen[None]) -> None:
        """Put another screen in the place of one."""
        if len(self.screen_stack) > 1 and self.screen is screen:
            self.switch_screen(by)
        else:
            # Textual cannot switch away from the screen that was there first: it stays below.
            self.push_screen(by)

    def leave(self, screen: Screen[None]) -> None:
        """Go back from a screen to the one below; from the last one, leave Offhand."""
        at_home = self._first is None and self._first_review is None
        first = 1 if at_home else 2
        if len(self.screen_stack) > first and self.screen is screen:
            self.pop_screen()
        else:
            self.exit()

    def action_help(self) -> None:
        """Show what every key of the screen does."""
        from offhand.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_theme(self) -> None:
        """Change between dark and light, and keep it."""
        name = "light" if self.current_theme.dark else "dark"
        self.theme = THEMES[name].name
        try:
            save_setting(self.desk.paths.settings, "theme", name)
        except OffhandError as error:
            self.tell(error)

    def action_settings(self) -> None:
        """Open the settings in the learner's editor."""
        from offhand.tui.editing import edit_settings

        edit_settings(self, self.desk)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: every key of the screen that works now, and what has no key there."""
        titles = set()
        for active in keys_shown(screen):
            title = active.binding.description.capitalize()
            titles.add(title)
            yield SystemCommand(title, active.binding.tooltip, partial(self._do, active))
        for command in (
            SystemCommand("Theme", "Change between dark and light", self.action_theme),
            SystemCommand("Settings", "Open the settings in your editor", self.action_settings),
            SystemCommand("Quit", _QUIT, self.action_quit),
        ):
            if command.title not in titles:
                yield command

    async def _do(self, active: ActiveBinding) -> None:
        await self.run_action(active.binding.action, default_namespace=active.node)


def _warm_up() -> None:
    """Import in the background what the first answer needs, so that it need not wait for it."""
    import markdown_it.tree

    from offhand.study.desk import make_ready

    make_ready()
    del markdown_it
    # Off since the start: to look for garbage while everything is imported finds none, and to look
    # through all of it later takes longer than to show a card.
    gc.freeze()
    gc.enable()
