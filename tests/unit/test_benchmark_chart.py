"""The drawing of a benchmark shows each figure, and where its limit is."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring

from deploy.benchmarks.chart import draw

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_values_and_names_stay_text() -> None:
    drawing = fromstring(draw([("one & <two>", 0.5, 2.0), ("other", 1.5, 1.0)]))
    _paper, *bars = drawing.findall(f"{SVG}rect")
    widths = [float(bar.get("width", "")) for bar in bars]
    assert widths[1] == 3 * widths[0]
    texts = [text.text for text in drawing.findall(f"{SVG}text")]
    assert texts[:4] == ["one & <two>", "0.50", "other", "1.50"]
    marks = [float(path.get("d", "").split()[0].removeprefix("M")) for path in drawing.findall(f"{SVG}path")[:2]]
    assert marks[0] > marks[1]
