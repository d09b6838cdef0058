// Whether the letters of a value are seen from left to right.
value => {
  const text = [], places = [];
  const walker = document.createTreeWalker(document.querySelector('p'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let index = 0; index < walker.currentNode.length; index++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, index); range.setEnd(walker.currentNode, index + 1);
    text.push(walker.currentNode.data[index]); places.push(range.getBoundingClientRect().x);
  }
  const start = text.join('').indexOf(value);
  const of_value = places.slice(start, start + value.length);
  return {text: text.slice(start, start + value.length).join(''), rises: of_value.every((place, index) => !index || place >= of_value[index - 1])};
}
