import { MINUTE_MS } from '@zhangyi/core'
import { isRecord } from '../../platform/api-error.ts'
import { forget, recall, remember, storageKey } from '../../platform/storage.ts'

type Kept = { readonly key: string; readonly of: string }

// Whoever has not pressed again within half an hour looks into 我的退款 first.
const TTL_MS = 30 * MINUTE_MS
const isKept = (value: unknown): value is Kept =>
  isRecord(value) && typeof value['key'] === 'string' && typeof value['of'] === 'string'

// Told apart from the same person's other requests only: it need not be hard to guess.
const newKey = () =>
  `k${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}${Math.random().toString(36).slice(2, 8)}`

/**
 * The key under which a page asks for one thing: the same for the same wish until an answer is known, also after a
 * reload. So a lost answer never makes a second refund.
 */
export function requestKeys(page: string, make: () => string = newKey) {
  // Among the drafts: what was wished for may name a person, and is forgotten with them when consent is withdrawn.
  const place = storageKey(`flow.refund-key.${page}`, isKept)
  let last: Kept | undefined
  return {
    keyFor(wish: unknown): string {
      const of = JSON.stringify(wish)
      const known = last ?? recall(place)
      last = known?.of === of ? known : { key: make(), of }
      remember(place, last, TTL_MS)
      return last.key
    },
    /** It is known what became of the wish: the next one is another, even if it says the same. */
    done(): void {
      last = undefined
      forget(place)
    },
  }
}
