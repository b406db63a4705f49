/** What every client of an outside platform must know of HTTP: limits, deadlines, and what a failure proves. */
export { attemptOnce, TRANSPORT } from './attempt-once.ts'
export { causeOf, wasNeverSent } from './failure-of-fetch.ts'
export { readLimited } from './read-limited.ts'
export { memoryTokenStore, type StoredToken, type TokenStore } from './token-store.ts'
export { type Deadlines, startTimeout, withinDeadline } from './within-deadline.ts'
