// Whether anything was painted, what had to be fetched first, and how much of the page has moved since (the layout shift).
() => new Promise(resolve => {
  const painted = performance.getEntriesByName('first-contentful-paint').length === 1;
  const blocking = performance.getEntriesByType('resource')
    .filter(entry => entry.renderBlockingStatus === 'blocking')
    .map(entry => entry.name);
  new PerformanceObserver(list => {
    const shifts = list.getEntries().filter(entry => !entry.hadRecentInput);
    resolve({painted, blocking, shift: shifts.reduce((sum, entry) => sum + entry.value, 0)});
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve({painted, blocking, shift: 0}), 200);
})
