"""The keys of the library, and what may be typed in its search line."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding("slash", "search", "search", key_display="/", tooltip="Go to the search line"),
    Binding(
        "down",
        "list",
        "to the cards",
        key_display="↓",
        # Before the line's own, which would scroll it.
        priority=True,
        tooltip="From the search line to the cards",
    ),
    Binding("enter,i", "history", "why", tooltip="Its history, and why it is asked when it is"),
    Binding(
        "space", "mark", "mark", tooltip="Mark it: what follows is done to all that are marked"
    ),
    Binding("f", "form", "form", tooltip="Edit the card in a form, here"),
    Binding("e", "edit", "edit", tooltip="Edit the card in your editor"),
    Binding("plus", "add", "add", key_display="+", tooltip="Add a card"),
    Binding("u", "undo", "undo", tooltip="Take back the last thing done here, again and again"),
    Binding("ctrl+z", "take_back", "undo", tooltip="The same, from the search line"),
    Binding(
        "exclamation_mark",
        "switch('suspend')",
        "suspend",
        key_display="!",
        tooltip="Take it out of the schedule, or bring it back",
    ),
    Binding(
        "asterisk",
        "switch('flag')",
        "flag",
        key_display="*",
        tooltip="Flag it, or take its flag off",
    ),
    Binding("o", "sort", "order", tooltip="Order by relevance, deck, due, ease, lapses, interval"),
    Binding("m", "move", "move", tooltip="Let it come on another day"),
    Binding("t", "tag", "tag", tooltip="Put tags on, or take them off"),
    Binding("s", "section", "section", tooltip="Move it to another section of its deck"),
    Binding("a", "mark_all", "all", tooltip="Mark all that are listed, or none"),
    Binding("minus", "do('bury')", "bury", key_display="-", tooltip="Put it aside until tomorrow"),
    Binding("r", "do('reset')", "reset", tooltip="Make it new again; its history is kept"),
    Binding("p", "practise", "practise", tooltip="Drill what is marked; the schedule stays"),
    Binding("delete,D", "delete", "delete", tooltip="Delete it from its file; u brings it back"),
    Binding("O", "reverse", "turn round", show=False, tooltip="Turn the order round"),
    Binding(
        "J,shift+down", "scroll(1)", "scroll", show=False, tooltip="Scroll the card that is shown"
    ),
    Binding("K,shift+up", "scroll(-1)", "scroll", show=False, tooltip="Scroll the shown card back"),
    Binding("q,escape", "leave", "back", tooltip="Back to where you came from"),
]
SEARCH_LINE = (
    "The search line",
    (
        ("word", "By its beginning; last, from 3 letters on, inside words"),
        ('"a phrase"', "These words, whole, one after another"),
        ("-word", "No word that begins so; a minus turns any of these"),
        ("section:net", "By a part of its name; so deck: tag: kind: level:"),
        ("is:due", "Asked today; or is:new again learning young mature"),
        ("is:suspended", "Or is:buried flagged leech"),
        ("ease<2.3", "Or <= > >= =, of interval lapses reviews too"),
        ("due<7", "Due in less than 7 days; due=tomorrow, due>2026-12-24"),
    ),
)
