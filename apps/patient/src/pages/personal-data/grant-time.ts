import { personalDataTexts as texts } from '../../texts/personal-data.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/**
 * How long what was just served may stay on the screen, in milliseconds. Undefined where the phone's clock cannot
 * be right: a grant that served this very answer cannot have run out. Then the gateway alone decides.
 */
export function grantLivesMs(expiresAt: string, nowMs: number): number | undefined {
  const livesMs = Date.parse(expiresAt) - nowMs
  return livesMs > 0 && livesMs <= DAY_MS ? livesMs : undefined
}

export function leftText(livesMs: number): string {
  const minutes = Math.floor(livesMs / MINUTE_MS)
  return minutes < 1 ? texts.leftShort : texts.left(minutes)
}
