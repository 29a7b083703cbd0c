"""Letters raised and lowered, x² and x₁, as far as Unicode has them."""

_RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ∗*'",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ**′",
        strict=True,
    )
)
_LOWERED = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)


def raised(text: str) -> str | None:
    """A text in raised letters without its spaces, None where one of them cannot be raised."""
    return _moved(text, _RAISED)


def lowered(text: str) -> str | None:
    """A text in lowered letters without its spaces, None where one of them cannot be lowered."""
    return _moved(text, _LOWERED)


def _moved(text: str, letters: dict[str, str]) -> str | None:
    words = text.replace(" ", "")
    if not all(letter in letters for letter in words):
        return None
    return "".join(letters[letter] for letter in words)
