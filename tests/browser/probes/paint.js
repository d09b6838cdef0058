// When something was painted first (milliseconds), and how much of the page has moved since (the layout shift).
() => new Promise(resolve => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  new PerformanceObserver(list => {
    const shifts = list.getEntries().filter(entry => !entry.hadRecentInput);
    resolve({first: paint ? paint.startTime : null, shift: shifts.reduce((sum, entry) => sum + entry.value, 0)});
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve({first: paint ? paint.startTime : null, shift: 0}), 200);
})
