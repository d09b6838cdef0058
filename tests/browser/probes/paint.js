// Whether anything was painted, what had to be fetched first, and how much of the page has moved since (the layout shift).
() => new Promise(resolve => {
  let shift = 0;
  new PerformanceObserver(list => {
    shift += list.getEntries().filter(entry => !entry.hadRecentInput).reduce((sum, entry) => sum + entry.value, 0);
  }).observe({type: 'layout-shift', buffered: true});
  const tell = painted => resolve({
    painted,
    blocking: performance.getEntriesByType('resource')
      .filter(entry => entry.renderBlockingStatus === 'blocking')
      .map(entry => entry.name),
    shift,
  });
  new PerformanceObserver(() => setTimeout(tell, 200, true)).observe({type: 'paint', buffered: true});
  setTimeout(tell, 20000, false);
})
