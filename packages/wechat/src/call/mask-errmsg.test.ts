import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failingKeyOf, maskErrmsg, ridOf } from './mask-errmsg.ts'

const seed = 20_261_123

test('the failing key of a 47003 is kept', () => {
  const errmsg = 'argument invalid! data.character_string2.value invalid rid: 65f2a1b3-0c4d5e6f'
  const masked = maskErrmsg(errmsg, { data: { character_string2: { value: '门诊' } } })
  expect(masked).toBe('argument invalid! data.character_string2.value invalid (rid 65f2a1b3-0c4d5e6f)')
  expect(failingKeyOf(masked)).toBe('character_string2')
  expect(failingKeyOf('invalid openid')).toBeUndefined()
})

test('the address that an allow-list refused is kept, for the operator', () => {
  const errmsg = 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1a-2b'
  expect(maskErrmsg(errmsg, {})).toBe(
    'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist (rid 1a-2b)',
  )
})

test(`nothing that was sent comes back (seed ${seed})`, () => {
  const texts = fc.array(fc.string({ minLength: 2, maxLength: 40, unit: 'grapheme' }), { maxLength: 5 })
  fc.assert(
    fc.property(texts, fc.string(), (sent, more) => {
      const errmsg = `bad ${sent.join(' / ')} ${more}`
      const masked = maskErrmsg(errmsg, { deep: [{ sent }] }).replaceAll('[已隐藏]', '\n')
      for (const text of sent) if (text.trim().length > 1) expect(masked).not.toContain(text)
      expect(masked).not.toMatch(/[^ -~\n]/)
    }),
    { seed, numRuns: 300 },
  )
})

test(`a rid is found in any text without harm (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      const rid = ridOf(`${text} rid: ab-12`)
      expect(typeof rid).toBe('string')
    }),
    { seed, numRuns: 100 },
  )
})
