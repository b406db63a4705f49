import { expect, test } from 'vitest'
import { newTotpSecret, stepOfCode, totpAddress, totpCode, totpStep } from './totp.ts'

// RFC 6238, appendix B: the secret is the ASCII text 12345678901234567890; of its eight digits the last six.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i the code is %s, as RFC 6238 says', (second, code) => {
  expect(totpCode(RFC_SECRET, totpStep(second * 1_000))).toBe(code)
})

test('a code of the step before or after is taken, one of two steps ago is not, and none is taken twice', () => {
  const nowMs = 1_700_000_010_000
  const now = totpStep(nowMs)
  const at = (step: number) => totpCode(RFC_SECRET, step)
  for (const step of [now - 1, now, now + 1]) expect(stepOfCode(RFC_SECRET, at(step), nowMs, null)).toBe(step)
  for (const step of [now - 2, now + 2]) expect(stepOfCode(RFC_SECRET, at(step), nowMs, null)).toBeUndefined()
  expect(stepOfCode(RFC_SECRET, at(now), nowMs, now)).toBeUndefined()
  expect(stepOfCode(RFC_SECRET, at(now - 1), nowMs, now)).toBeUndefined()
  expect(stepOfCode(RFC_SECRET, at(now + 1), nowMs, now)).toBe(now + 1)
})

test('secrets are long and differ, and an authenticator app is told all that it needs', () => {
  const secrets = new Set(Array.from({ length: 50 }, newTotpSecret))
  expect(secrets.size).toBe(50)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const address = new URL(totpAddress('ABC', '王会计', '掌医运营后台'))
  expect(decodeURIComponent(address.pathname)).toContain('掌医运营后台:王会计')
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: 'ABC', digits: '6', period: '30' })
})
