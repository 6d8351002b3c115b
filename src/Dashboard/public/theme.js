// Runs before the first paint, so that a chosen theme does not flash. The rest is in src/shell/theme.ts.
try {
  const theme = localStorage.getItem('trainyard.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is blocked: the system's theme applies.
}
