import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { normalIndicator, recordDetail, recordList, trend } from '../src/test-support/record-views.ts'
import { useH5 } from './open-h5.ts'
import { axeProblems, tooSmall } from './page-checks.ts'

// The H5's report pages against answers made here. With the real gateway: tests/browser.
const h5 = useH5()

const grant = () => ({
  assurance: 'real-person',
  expiresAt: new Date(Date.now() + 20 * 60_000).toISOString(),
})
const line = { specification: '0.25g×24 粒', quantity: '2 盒', usage: '每次 2 粒，每日 3 次' }
const prescription = {
  ...recordDetail,
  kind: 'prescription',
  title: '门诊处方',
  indicators: [],
  sections: [{ title: '诊断', text: '上呼吸道感染\n注意休息' }],
  lines: [
    { ...line, name: '阿莫西林胶囊', amountFen: 2580 },
    { ...line, name: '布洛芬缓释胶囊', amountFen: 123_456 },
  ],
  totalFen: 126_036,
}
const answers: Readonly<Record<string, () => object>> = {
  lab: () => ({ ...recordList, grant: grant() }),
  diagnosis: () => ({ ...recordList, kind: 'diagnosis', records: [], grant: grant() }),
  'lab/sealed-1': () => ({ ...recordDetail, grant: grant() }),
  'lab/trend': () => trend,
  'prescription/sealed-1': () => ({ ...prescription, grant: grant() }),
}

async function open(path: string, elder = false): Promise<Page> {
  const page = await h5.newPage(elder, { acceptDownloads: true })
  await page.route('**/api/v1/**', (route) => {
    const asked = new URL(route.request().url()).pathname.replace('/api/v1/records/', '')
    if (asked === 'lab/sealed-1/pdf')
      return route.fulfill({
        body: '%PDF-1.7',
        contentType: 'application/pdf',
        headers: { 'content-disposition': 'attachment; filename="report.pdf"' },
      })
    const answer = answers[asked]
    if (answer) return route.fulfill({ json: answer() })
    const error = { code: 'record-not-found', message: '没有找到。', traceId: 'ZY-1' }
    return route.fulfill({ status: 404, json: { error } })
  })
  await page.goto(h5.url + path)
  return page
}

const pages = [
  ['pages/records/menu', '要看哪一种'],
  ['pages/records/list?kind=lab&patientId=p', '有异常'],
  ['pages/records/list?kind=diagnosis&patientId=p', '近一年没有诊断'],
  ['pages-card/record/detail?kind=lab&patientId=p&key=sealed-1', '看历次数值'],
  ['pages-card/record/detail?kind=prescription&patientId=p&key=sealed-1', '合计'],
  ['pages-card/record/detail?kind=lab&patientId=p&key=guessed', '没有找到这份报告'],
  ['pages/records/trend?kind=lab&patientId=p&indicator=i-wbc', '历次结果'],
] as const

test.each(pages.flatMap(([path, words]) => [false, true].map((elder) => ({ path, words, elder }))))(
  '$words, elder $elder: readable, reachable, accessible at 360 × 640',
  async ({ path, words, elder }) => {
    const page = await open(path, elder)
    await page.getByText(words).first().waitFor()
    expect(await tooSmall(page, elder ? 20 : 16)).toEqual([])
    expect(await axeProblems(page)).toEqual([])
    await page.context().close()
  },
)

test('a report: abnormal first, its trend drawn, amounts below each other', async () => {
  const page = await open('pages-card/record/detail?kind=lab&patientId=p&key=sealed-1')
  await page.getByRole('img', { name: '白细胞计数趋势图，共 3 次，最近一次 12.6，偏高' }).waitFor()
  const names = await page.locator('.indicator-head .zy-h2').allInnerTexts()
  expect(names).toEqual(['白细胞计数', normalIndicator.name])
  await page.goto(`${h5.url}pages-card/record/detail?kind=prescription&patientId=p&key=sealed-1`)
  await page.getByText('¥1260.36').waitFor()
  const rights = await page
    .locator('.record-lines__amount')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().right)))
  expect(new Set(rights).size).toBe(1)
  await page.context().close()
})

test('the chart’s image is really drawn', async () => {
  const page = await open('pages/records/trend?kind=lab&patientId=p&indicator=i-wbc')
  await page.getByText('历次结果').waitFor()
  const size = await page.locator('.zy-trend img').evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    return [image.naturalWidth, image.naturalHeight]
  })
  expect(size).toEqual([294, 214])
  expect(await page.getByRole('row').allInnerTexts()).toHaveLength(4)
  await page.context().close()
})

test('the PDF comes by a plain address of the same origin', async () => {
  const page = await open('pages-card/record/detail?kind=lab&patientId=p&key=sealed-1')
  const asked = page.waitForRequest((request) => request.url().includes('/pdf'))
  await page.getByRole('button', { name: '下载 PDF' }).click()
  expect((await asked).url()).toBe(`${new URL(h5.url).origin}/api/v1/records/lab/sealed-1/pdf?patientId=p`)
  await page.context().close()
})
