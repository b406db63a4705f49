import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { RecordDetail } from '../record-views.ts'
import { samplePrinting } from '../test-support/sample-printing.ts'
import { makeRecordPdf } from './make-record-pdf.ts'

// The longest text that the hospital port lets through.
const LONGEST = 20_000

async function pagesOf(changes: Partial<RecordDetail>): Promise<readonly string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await makeRecordPdf(samplePrinting(changes))))
  const { text } = await extractText(pdf)
  return text.map((page) => page.replace(/\s+/g, ''))
}
const line = { name: '床位费', specification: null, quantity: null, usage: null, amountFen: 100 }
const indicator = {
  ...{
    id: 'x',
    name: '镜检',
    value: '1',
    unit: null,
    referenceRange: null,
    mark: 'unmarked' as const,
    markText: '',
  },
  ...{ number: null, low: null, high: null, explanation: null },
}

test('bug: a title of more than a page made pages for ever, each for the head of the next', async () => {
  const pages = await pagesOf({ title: '检'.repeat(LONGEST), sections: [{ title: '结论', text: '完' }] })
  expect(pages.length).toBeLessThan(40)
  expect(pages.join('').split('检').length - 1).toBeGreaterThanOrEqual(LONGEST)
  expect(pages.at(-1)).toContain('完')
})

test('bug: a cell of many lines ran over the foot of the page and over other cells', async () => {
  const usage = Array.from({ length: 120 }, (_, index) => `第${index}次`).join('\n')
  const pages = await pagesOf({
    lines: [
      { ...line, usage },
      { ...line, name: '最后一行' },
    ],
  })
  const whole = pages.join('')
  for (let index = 0; index < 120; index++) expect(whole).toContain(`第${index}次`)
  expect(whole).toContain('最后一行')
  // The head stands on each page, and nothing below the foot.
  for (const page of pages) expect(page).toMatch(/用法用量.*仅供参考/s)
})

test('bug: a number at the end of a part was cut in two', async () => {
  const measured = Array.from({ length: 60 }, (_, index) => `第${index}处结节直径约${index}.25cm边界清`)
  const pages = await pagesOf({
    sections: [{ title: '所见', text: '。'.repeat(300) + measured.join('，').repeat(3) }],
  })
  const whole = pages.join('')
  for (let index = 0; index < 60; index++) expect(whole).toContain(`直径约${index}.25cm`)
})

test('control signs, markup, right-to-left and emoji are text like any other', async () => {
  const text = '<script>alert(1)</script>\u0000\u0007\u202E倒着\u2066\uFEFF😀\uD800 %PDF-1.4 ) Tj ET'
  const whole = (
    await pagesOf({ sections: [{ title: '所见', text }], indicators: [{ ...indicator, value: text }] })
  ).join('')
  expect(whole).toContain('<script>alert(1)</script>')
  expect(whole).toContain('倒着')
  expect(whole).toContain(')TjET')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is what is tested
  expect(whole).not.toMatch(/[\u0000-\u0008\u202E\u2066\uFEFF]/)
})

test('bug: a report without any mark was summed up as one without anything abnormal', async () => {
  const indicators = [{ ...indicator, name: 'HBsAg', value: '阳性(+)' }]
  expect((await pagesOf({ indicators })).join('')).toContain('1项没有标记是否异常，请对照参考范围看结果')
})
