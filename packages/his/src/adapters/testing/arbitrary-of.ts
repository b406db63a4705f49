import fc from 'fast-check'
import { parseAs } from '../mapping/shanghai-format.ts'
import type { Shape } from '../shapes/shape.ts'

export const SEED = 20_261_123

// What breaks writers of XML and templates, and the characters of names; all in GBK.
const CHARACTERS = [...'王芳·测试<>&"\'{}|]]>@#$ /\\-aZ09，。￥%[]']
/** Characters that GBK lacks. */
export const RARE = '𠮷'

function textOf(characters: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { minLength: 1, maxLength })
    .map((all) => all.join('').trim())
    .filter((text) => text !== '')
}

const shanghai = fc
  .integer({ min: Date.parse('1990-01-01T00:00:00Z'), max: Date.parse('2090-01-01T00:00:00Z') })
  .map((ms) => new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14))

/** Any value of a shape, as the port holds it: texts trimmed, instants with +08:00 and whole seconds. */
export function arbitraryOf(shape: Shape, rare = false): fc.Arbitrary<unknown> {
  const characters = rare ? [...CHARACTERS, RARE, '䶮', '㙍'] : CHARACTERS
  switch (shape.kind) {
    case 'id':
      return textOf([...'AZ09-_'], 12)
    case 'text':
      return textOf(characters, 12)
    case 'fen':
      return fc.integer({ min: shape.signed ? -99_999_999 : 0, max: 99_999_999 })
    case 'count':
      return fc.nat(9_999)
    case 'flag':
      return fc.boolean()
    case 'instant':
      return shanghai.map((text) => parseAs('yyyyMMddHHmmss', text, 'instant'))
    case 'day':
      return shanghai.map((text) => parseAs('yyyyMMddHHmmss', text, 'day'))
    case 'time':
      return shanghai.map((text) => parseAs('yyyyMMddHHmmss', text, 'time'))
    case 'one-of':
      return fc.constantFrom(...shape.values)
    case 'list':
      return fc.array(arbitraryOf(shape.of, rare), { maxLength: 3 })
    case 'optional':
      return fc.option(arbitraryOf(shape.of, rare), { nil: undefined })
    case 'nothing':
      return fc.constant(undefined)
    case 'record':
      return fc.record(
        Object.fromEntries(Object.entries(shape.fields).map(([name, of]) => [name, arbitraryOf(of, rare)])),
      )
  }
}
