/**
 * The result of `work`, unless the deadline comes first. Needed beside the signal that `fetch` was given: an injected
 * fetch may ignore it, and waiting for another caller's token refresh has no signal at all.
 */
export function withinDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(deadline.reason)
    if (deadline.aborted) late()
    deadline.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', late))
  })
}
