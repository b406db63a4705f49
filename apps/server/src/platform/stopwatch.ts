/** Milliseconds since it was started. Not business time: how long this very process has taken, or let somebody wait. */
export function stopwatch(): () => number {
  const startMs = performance.now()
  return () => performance.now() - startMs
}
