"""Draw the results of a benchmark as bars, each with a mark for what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_LABELS, _WIDTH, _ROW, _RIGHT = 170, 460, 28, 60
_LEGEND = "times plain Wagtail’s processor time; dashed: 1; red: the most that is asked"


def draw(bars: Sequence[tuple[str, float, float]]) -> str:
    """Return an SVG drawing of bars, each given as (name, value, the most that is asked)."""
    scale = _WIDTH / max(max(value, most) for _name, value, most in bars)
    width, height = _LABELS + _WIDTH + _RIGHT, _ROW * len(bars) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        "<style>text { font: 13px sans-serif }</style>",
        "<title>Processor time of a page, in times plain Wagtail’s</title>",
        f'<rect width="100%" height="{height}" fill="#fff"/>',
    ]
    for number, (name, value, most) in enumerate(bars):
        top = _ROW * number + 8
        end, mark = _LABELS + value * scale, _LABELS + most * scale
        parts += [
            f'<text x="{_LABELS - 8}" y="{top + 14}" text-anchor="end" fill="#111">{escape(name)}</text>',
            f'<rect x="{_LABELS}" y="{top}" width="{value * scale:.1f}" height="18" fill="#0033a0"/>',
            f'<path d="M{mark:.1f} {top - 3}v24" stroke="#b3261e" stroke-width="2"/>',
            f'<text x="{max(end, mark) + 6:.1f}" y="{top + 14}" fill="#111">{value:.2f}</text>',
        ]
    unit = _LABELS + scale
    parts += [
        f'<path d="M{unit:.1f} 4V{height - 34}" stroke="#777" stroke-dasharray="3 3"/>',
        f'<text x="{_LABELS}" y="{height - 10}" fill="#555">{_LEGEND}</text>',
        "</svg>",
        "",
    ]
    return "\n".join(parts)
