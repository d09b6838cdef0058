// Whether the boxes of a page stand mirrored once its direction is turned: where each is, and what it has inside.
() => {
  const RUNNING_TEXT = 'p, dt, dd, h1, h2, h3, bdi, time, span, small, label, summary';
  const turn = {left: 'right', right: 'left'};
  const measure = () => [...document.querySelectorAll('body, body *')].map(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const sides = side => [style[`padding-${side}`], style[`border-${side}-width`]];
    return {x: box.x, y: box.y, w: box.width, h: box.height, left: sides('left').join(), right: sides('right').join(),
      shown: box.width > 0 && box.height > 0 && style.visibility === 'visible' && !element.closest('svg svg, svg *'),
      inline: style.display === 'inline' || !!element.closest(RUNNING_TEXT)};
  });
  const width = document.documentElement.clientWidth;
  const before = measure();
  const root = document.documentElement;
  root.dir = turn[root.dir === 'rtl' ? 'left' : 'right'] === 'left' ? 'rtl' : 'ltr';
  const after = measure();
  const seen = before.map((box, index) => [box, after[index]]).filter(([a, b]) => a.shown && b.shown && !a.inline);
  const stays = ([a, b]) => Math.abs(b.x - (width - a.x - a.w)) > 2 || a.left !== b.right || a.right !== b.left;
  const wrong = seen.filter(stays);
  return {seen: seen.length, wrong: wrong.length};
}
