// What has the focus: where it leads, whether that is seen, and whether something lies over it.
() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const style = getComputedStyle(element), card = element.closest('.card, .area, .result');
  const first = Math.max(box.top, 0), last = Math.min(box.bottom, innerHeight);
  const top = document.elementFromPoint(box.x + box.width / 2, (first + last) / 2);
  return {
    href: element.getAttribute('href'), html: element.outerHTML.slice(0, 120), body: element === document.body,
    outlined: style.outlineStyle !== 'none' || getComputedStyle(element, '::after').outlineStyle !== 'none' || (card !== null && getComputedStyle(card).outlineStyle !== 'none'),
    covered: !(element.contains(top) || (top !== null && top.contains(element))),
  };
}
