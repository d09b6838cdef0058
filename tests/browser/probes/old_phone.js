// What is wrong with a page on an old telephone: too wide, out of order, icons without size, arrows the wrong way,
// text in the colour of its ground. `hasGap`: whether rows of flexible boxes keep their items apart.
hasGap => {
  const wrong = [], name = element => element.outerHTML.slice(0, 90);
  // A colour that still changes, since the page has only just been given its style, is no colour of the page.
  for (const motion of document.getAnimations()) motion.finish();
  const flexible = [...document.querySelectorAll('body *')].filter(e => /flex/.test(getComputedStyle(e).display));
  if (!hasGap) for (const element of flexible) element.style.gap = '0';
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wide: ${document.documentElement.scrollWidth}`);
  for (const svg of document.querySelectorAll('svg')) {
    const box = svg.getBoundingClientRect();
    if (box.width && (box.width > 80 || box.width < 16 || box.height > 80)) wrong.push(`icon ${box.width}: ${name(svg)}`);
  }
  for (const image of document.images) {
    if (!image.getAttribute('width') || !/\.(jpe?g|png|webp|svg)$/i.test(image.src)) wrong.push(`image: ${name(image)}`);
  }
  const placed = e => e.getBoundingClientRect().width > 1 && !/absolute|fixed|sticky/.test(getComputedStyle(e).position);
  for (const parent of document.querySelectorAll('body, body *:not(svg, svg *, picture)')) {
    if (getComputedStyle(parent).flexDirection === 'column-reverse') continue;
    const blocks = [...parent.children].filter(e => placed(e) && !/^inline|table/.test(getComputedStyle(e).display));
    const boxes = blocks.map(e => e.getBoundingClientRect());
    const above = (a, b) => b.top < a.top - 2 && b.left < a.right && a.left < b.right;
    blocks.forEach((e, i) => { if (i && above(boxes[i - 1], boxes[i])) wrong.push(`before ${name(blocks[i - 1])}: ${name(e)}`); });
  }
  const direction = document.documentElement.dir;
  for (const link of document.querySelectorAll('.onward')) {
    const arrow = getComputedStyle(link, '::after');
    if (!arrow.content.includes('›') || arrow.direction !== direction) wrong.push(`arrow: ${arrow.content} ${name(link)}`);
  }
  for (const turned of document.querySelectorAll('svg > g[transform], svg > g:not([fill])')) {
    if (turned.getBoundingClientRect().width && (turned.getCTM().a < 0) !== (direction === 'rtl')) wrong.push(`icon: ${name(turned.parentNode)}`);
  }
  const colour = text => (text.match(/[\d.]+/g) || []).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > .5) return c; } return [255, 255, 255]; };
  for (const element of document.querySelectorAll('h1, h2, h3, p, a, li, dt, dd, label, button, summary')) {
    if (!element.textContent.trim() || !element.getBoundingClientRect().width) continue;
    const text = colour(getComputedStyle(element).color), below = ground(element);
    if (Math.abs(text[0] - below[0]) + Math.abs(text[1] - below[1]) + Math.abs(text[2] - below[2]) < 150) wrong.push(`colour: ${name(element)}`);
  }
  return wrong.slice(0, 8);
}
