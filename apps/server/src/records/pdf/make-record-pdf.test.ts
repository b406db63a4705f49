import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { RecordDetail } from '../record-views.ts'
import { samplePrinting } from '../test-support/sample-printing.ts'
import { makeRecordPdf } from './make-record-pdf.ts'

const indicator = (name: string, changes: Partial<RecordDetail['indicators'][number]> = {}) => ({
  ...{ id: 'i', name, value: '5.60', unit: '10⁹/L', referenceRange: '3.5-9.5', mark: 'normal' as const },
  ...{ markText: '', number: 5.6, low: 3.5, high: 9.5, explanation: null, ...changes },
})

async function pagesOf(changes: Partial<RecordDetail>): Promise<readonly string[]> {
  const bytes = await makeRecordPdf(samplePrinting(changes))
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  return text.map((page) => page.replace(/\s+/g, ' '))
}

test('holds whose it is (masked), values, marks in words, what it may be used for, when made and who took it', async () => {
  const high = indicator('白细胞计数', { value: '10.42', mark: 'high', markText: '偏高 ↑' })
  const [page = ''] = await pagesOf({ indicators: [high], abnormalCount: 1 })
  for (const words of [
    '西湖医院',
    '检验报告',
    '血常规（五分类）',
    '就诊人：李*华',
    '就诊卡：****0931',
    '报告时间：2026-11-22 08:00',
    '标记异常的项目：1 项',
    '白细胞计数',
    '10.42',
    '10^9/L',
    '3.5-9.5',
    '偏高 ↑',
    '仅供参考，以医院盖章报告为准',
    '生成时间 2026-11-23 09:00:00',
    'ZY-7F3K-29QX',
    '第 1 / 1 页',
  ])
    expect(page).toContain(words)
})

test('prose and amounts: all of it, with the total', async () => {
  const line = { specification: '20mg×14 粒', quantity: '2 盒', usage: null }
  const [page = ''] = await pagesOf({
    kind: 'prescription',
    sections: [{ title: '临床诊断', text: '慢性胃炎\n建议复诊' }],
    lines: [
      { ...line, name: '奥美拉唑肠溶胶囊', amountFen: 5_640 },
      { ...line, name: '自备药', amountFen: null },
    ],
    totalFen: 5_640,
  })
  for (const words of [
    '处方',
    '临床诊断',
    '慢性胃炎',
    '建议复诊',
    '奥美拉唑肠溶胶囊',
    '56.40',
    '合计：56.40 元',
  ])
    expect(page).toContain(words)
})

test('two hundred indicators: every one is there, and each page has the head, the name and its number', async () => {
  const indicators = Array.from({ length: 200 }, (_, index) => indicator(`指标${index + 1}号`))
  const pages = await pagesOf({ indicators })
  expect(pages.length).toBeGreaterThan(4)
  for (const [index, page] of pages.entries()) {
    for (const words of ['项目', '参考范围', '李*华', `第 ${index + 1} / ${pages.length} 页`])
      expect(page).toContain(words)
  }
  const whole = pages.join(' ')
  for (const { name } of indicators) expect(whole).toContain(name)
})

test('a text or a cell of several pages is not cut off', async () => {
  const long = Array.from({ length: 400 }, (_, index) => `第${index}句描述。`).join('')
  const pages = await pagesOf({
    sections: [{ title: '检查所见', text: long }],
    indicators: [indicator('备注', { value: long })],
  })
  const whole = pages.join('').replace(/\s+/g, '')
  for (const index of [0, 133, 266, 399]) expect(whole.split(`第${index}句描述。`)).toHaveLength(3)
  expect(pages.at(-1)).toContain(`第 ${pages.length} / ${pages.length} 页`)
})

test('bug: the time of a report was broken in two where the facts above it were long', async () => {
  const bytes = await makeRecordPdf(
    samplePrinting({
      departmentName: '健康管理中心体检科',
      doctorName: '云婉清',
      modality: '彩色多普勒超声',
    }),
  )
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  const lines = (text[0] ?? '').split('\n').map((line) => line.trim())
  expect(lines).toContainEqual(expect.stringMatching(/报告时间：2026-11-22 08:00$/))
  for (const fact of ['就诊人：李*华', '科室：健康管理中心体检科', '类别：彩色多普勒超声'])
    expect(lines.some((line) => line.includes(fact))).toBe(true)
})
