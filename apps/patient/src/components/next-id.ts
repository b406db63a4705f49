let last = 0

/** Ties a label or an error to its field; Vue 3.4 has no useId. */
export function nextId(prefix: string): string {
  last += 1
  return `${prefix}-${last}`
}
