// The lines that are seen around an element: on each side, and its outline or that of what it draws over its card.
(element) => {
  const ground = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return /, 0\)$/.test(color) && node.parentElement ? ground(node.parentElement) : color;
  };
  const style = getComputedStyle(element), behind = element.parentElement ? ground(element.parentElement) : '';
  const line = (width, kind, color) => parseFloat(width) > 0 && kind !== 'none' && color !== behind ? `${kind} ${width} ${color}` : '';
  const seen = {};
  for (const side of ['top', 'right', 'bottom', 'left']) {
    seen[side] = line(style[`border-${side}-width`], style[`border-${side}-style`], style[`border-${side}-color`]);
  }
  const outlines = [style, getComputedStyle(element, '::after')];
  seen.outline = outlines.map((part) => line(part.outlineWidth, part.outlineStyle, part.outlineColor)).find(Boolean) || '';
  return seen;
}
