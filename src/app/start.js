((script, program) => {
  const root = document.documentElement;
  addEventListener('click', (event) => {
    if (!root.hasAttribute('data-alive')) event.stopImmediatePropagation();
  });
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    const loading = fetch(program);
    import(script).then(({ default: load, hydrate }) =>
      load({ module_or_path: loading }).then(() => setTimeout(hydrate)),
    );
  };
  setTimeout(begin, 1000);
  new PerformanceObserver((seen) => {
    if (seen.getEntriesByName('first-contentful-paint').length > 0) begin();
  }).observe({ type: 'paint', buffered: true });
})
