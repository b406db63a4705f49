import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkName, normaliseName, sameName } from './names.ts'

const seed = 20_261_123

describe('names that are accepted', () => {
  test.each([
    '张三',
    '欧阳娜娜',
    '𠮷田茂',
    '李䶮',
    '王〇〇',
    '㛃𠮷',
    '阿卜杜热西提·买买提',
    '尼格买提·热合曼',
    'John Smith',
    "Mary-Jane O'Neil",
    'José María',
    'Jr. Smith',
    'Нурсултан',
    ' 张三 ',
    '张三\u200b',
  ])('%s', (name) => {
    expect(checkName(name)).toBeUndefined()
  })
})

describe('names that are refused', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u3000', 'empty'],
    ['\u200b', 'empty'],
    ['李', 'too-short'],
    ['𠮷', 'too-short'],
    ['张3', 'characters'],
    ['张三!', 'characters'],
    ['<b>张三</b>', 'characters'],
    ['·张三', 'characters'],
    ['张三·', 'characters'],
    ['张*三', 'characters'],
    ['张三😀', 'characters'],
    ['李'.repeat(61), 'characters'],
  ])('「%s」: %s', (name, problem) => {
    expect(checkName(name)).toBe(problem)
  })
})

describe('the normal form', () => {
  // A person's passport, ID card and HIS record may each hold another kind of dot.
  test.each(['•', '・', '･', '‧', '∙', '⋅', '．', '●', '˙', '⸱', ' · ', '\u0387'])(
    '买买提%s艾力 has one kind of middle dot',
    (dot) => {
      expect(normaliseName(`买买提${dot}艾力`)).toBe('买买提·艾力')
      expect(sameName(`买买提${dot}艾力`, '买买提·艾力')).toBe(true)
    },
  )

  test.each([
    ['ＪＯＨＮ　Ｓｍｉｔｈ', 'JOHN Smith'],
    ['  John   Smith ', 'John Smith'],
    ['Jose\u0301', 'José'],
    ['张\u200b三\ufeff', '张三'],
    ['𠮷䶮〇', '𠮷䶮〇'],
  ])('「%s」 becomes %s', (name, normal) => {
    expect(normaliseName(name)).toBe(normal)
  })

  test(`is its own normal form (seed ${seed})`, () => {
    const characters = fc.constantFrom(...'张三𠮷䶮〇·•・･‧．˙ 　Ａe\u0301\u200b\ufeff\u0308¨Ǆ')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: characters })), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name))
      }),
      { seed, numRuns: 2_000 },
    )
  })
})

describe('the same name', () => {
  test('capital letters and width do not matter, characters do', () => {
    expect(sameName('john smith', 'ＪＯＨＮ SMITH')).toBe(true)
    expect(sameName('李䶮', '李龑')).toBe(false)
    expect(sameName('𠮷田', '吉田')).toBe(false)
    expect(sameName('买买提·艾力', '买买提艾力')).toBe(false)
  })
})
