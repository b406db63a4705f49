import { no, type Outcome, SECOND_MS, type TokenStore, TRANSPORT, unknown, yes } from '@zhangyi/core'
import { WechatError } from '../errors.ts'
import { type AccessTokenOptions, fetchStableToken } from './fetch-stable-token.ts'

// Two forced refreshes at least 30 s apart kill a token that leaked.
const FORCED_AGAIN_MS = 30 * SECOND_MS
const TRIES = 3

export interface LeakedReplaced {
  /** When the second forced refresh may be made, without which the leaked token lives on for minutes. */
  readonly repeatNotBeforeMs: number
}

/** One forced refresh, written to the store like any other. */
export async function replaceLeaked(
  options: AccessTokenOptions,
  store: TokenStore,
  key: string,
): Promise<Outcome<LeakedReplaced>> {
  try {
    // The store gives another process's fresh token instead of asking us; a leak wants ours to be made.
    for (let tries = 0; tries < TRIES; tries++) {
      const forced = await force(options, store, key)
      if (forced === 'same') return no('same-token', 'too soon after another forced refresh')
      if (forced === 'made') return yes({ repeatNotBeforeMs: options.clock.nowMs() + FORCED_AGAIN_MS })
    }
    return no('contended', 'other processes kept refreshing; try again')
  } catch (error) {
    if (!(error instanceof WechatError)) throw error
    const isLost = error.kind === 'unavailable' && error.code !== TRANSPORT
    return isLost ? unknown(error.code) : no(error.code, error.message)
  }
}

async function force(
  options: AccessTokenOptions,
  store: TokenStore,
  key: string,
): Promise<'made' | 'same' | 'not-asked'> {
  const before = await store.read(key)
  let asked = false
  const after = await store.refresh(key, before?.token, () => {
    asked = true
    return fetchStableToken(options, true)
  })
  if (!asked) return 'not-asked'
  return after.token === before?.token ? 'same' : 'made'
}
