// Characters in a full line of the text of a page, in the mean.
() => {
  const lines = [];
  for (const paragraph of document.querySelectorAll('.body p')) {
    const range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let top = null, length = 0;
    while (walker.nextNode()) {
      for (let index = 0; index < walker.currentNode.length; index++) {
        range.setStart(walker.currentNode, index); range.setEnd(walker.currentNode, index + 1);
        const box = range.getBoundingClientRect();
        if (top !== null && box.top > top + 12) { lines.push(length); length = 0; }
        top = box.top; length++;
      }
    }
  }
  return lines.reduce((sum, line) => sum + line, 0) / lines.length;
}
