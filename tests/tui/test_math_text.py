"""Formulas in a card's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhand.tui.markdown import shown
from offhand.tui.math_text import in_unicode


@pytest.mark.parametrize(
    ("latex", "told"),
    [
        (r"x^2 + y_1 \le \sqrt{n}", "x² + y₁ ≤ √n"),
        (r"\sqrt[3]{a+b}", "³√(a+b)"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac12", "1/2"),
        (r"\sum_{i=0}^{n} i^2", "∑ᵢ₌₀ⁿ i²"),
        (r"\mathbb{R}^n\to\mathbb{Z}", "ℝⁿ → ℤ"),
        (r"O(n \log_2 n)", "O(n log₂ n)"),
        (r"\alpha \neq \infty", "α ≠ ∞"),
        (r"e^{i\pi}+1=0", "e^(iπ)+1=0"),
        (r"10^{-3}", "10⁻³"),
        (r"x^{a^b}", "x^(aᵇ)"),
        (r"\text{if } x \in A", "if x ∈ A"),
        (r"\{a, b\}", "{a, b}"),
        (r"\left( \frac{a}{b} \right)", "(a/b)"),
        (r"\lceil n/2 \rceil", "⌈n/2⌉"),
        (r"a\_b", "a_b"),
        (r"x_1, \dots, x_n", "x₁, …, xₙ"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[ 1 2; 3 4 ]"),
    ],
)
def test_a_formula_is_told_in_unicode(latex: str, told: str) -> None:
    assert in_unicode(latex) == told


@pytest.mark.parametrize(
    "latex", ["{", "}", "\\", "x^", r"\frac{1}", r"\begin{cases} 1", r"\sqrt["]
)
def test_half_a_formula_is_still_shown(latex: str) -> None:
    assert in_unicode(latex)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("so $O(n)$, $n + 1$ and $$E=mc^2$$.", "so O(n), n + 1 and E=mc²."),
        ("$n$ of $x_1 * y_1 * z_1$", "n of x₁ * y₁ * z₁"),
        ("`$x^2$` is code", "$x^2$ is code"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("echo $HOME/$PATH or $HOME:$PATH", "echo $HOME/$PATH or $HOME:$PATH"),
        ("from $a words here$ on", "from $a words here$ on"),
        (r"\$x^2\$", "$x^2$"),
        ("**$x^2$**", "x²"),
    ],
)
def test_only_formulas_between_dollars_are_taken_for_such(text: str, told: str) -> None:
    assert shown(text, 60).plain == told


@given(st.text(alphabet="${}\\^_ab1 frac(sqrt)[]&\n", max_size=60))
def test_any_text_between_dollars_is_shown(text: str) -> None:
    assert shown(f"${text}$ and $$\\{text}$$", 40).plain.strip()
