import { beforeAll, describe, expect, test } from 'vitest'
import { builtPatient } from '../build/built-patient.ts'
import type { RecordDetail } from '../src/api/record-types.ts'
import { recordDetail, recordList, trend } from '../src/test-support/record-views.ts'
import { openMiniProgram } from './mini-program.ts'

// The mini program's report pages against answers made here. With the real gateway: tests/mini-program.
let dist: string
beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
}, 180_000)

const HEALTH_CARD = { scene: '0101082', hospitalId: '40001', healthCardId: 'qr-text', openId: 'openid-1' }
const at = { kind: 'lab', patientId: 'patient_1', key: 'sealed-1' }
const livingGrant = { ...recordDetail.grant, expiresAt: new Date(Date.now() + 20 * 60_000).toISOString() }
const signedIn: readonly [string, string] = [
  'zhangyi.session',
  JSON.stringify({ value: 'session-token', expiresAtMs: null }),
]

async function openApp(
  detail: RecordDetail,
  pdf: { statusCode: number } | 'no network' = { statusCode: 200 },
) {
  const asked: string[] = []
  const gateway: typeof fetch = async (input) => {
    const { pathname, search } = new URL(String(input))
    asked.push(pathname + search)
    if (pathname.endsWith('/trend')) return Response.json(trend)
    if (pathname.endsWith('/sealed-1')) return Response.json({ ...detail, grant: livingGrant })
    if (pathname.endsWith('/lab')) return Response.json({ ...recordList, grant: livingGrant })
    const error = { code: 'verification-required', message: '请先验证身份。', traceId: 'ZY-1' }
    return Response.json({ error }, { status: 403 })
  }
  type Download = { success: (result: object) => void; fail: (result: object) => void }
  const app = await openMiniProgram({
    dist,
    fetch: gateway,
    storage: [signedIn],
    wx: {
      downloadFile: ({ success, fail }: Download) =>
        pdf === 'no network'
          ? fail({ errMsg: 'downloadFile:fail' })
          : success({ ...pdf, tempFilePath: 'wxfile://r' }),
    },
  })
  return { app, asked }
}

describe('a report in the mini program', () => {
  test('the platform’s interpretation stands above the report with its attributes', async () => {
    const { app } = await openApp({ ...recordDetail, interpretation: HEALTH_CARD })
    await app.open('pages-card/record/detail', at)
    expect(app.elements('health-card-query')).toEqual([
      expect.objectContaining({ ...HEALTH_CARD, pos: 'top', channel: '0402' }),
    ])
    expect(app.errors).toEqual([])
  })

  test('without a health card there is none, and our own words stand beside the value', async () => {
    const { app } = await openApp(recordDetail)
    await app.open('pages-card/record/detail', at)
    expect(app.elements('health-card-query')).toEqual([])
    for (const words of ['12.6 ↑', '偏高', '1 项异常', '血液里的白细胞。', '是否需要处理，请听医生的。'])
      expect(app.has(words), words).toBe(true)
    expect(String(app.elements('image')[0]?.['src'])).toMatch(/^data:image\/svg\+xml,%3Csvg/)
    expect(app.errors).toEqual([])
  })

  test('a normal value opens at a tap; the abnormal ones alone can be shown', async () => {
    const { app, asked } = await openApp(recordDetail)
    await app.open('pages-card/record/detail', at)
    expect(asked.filter((path) => path.includes('trend'))).toHaveLength(1)
    await app.tap('只看异常')
    expect(app.has('血红蛋白')).toBe(false)
    await app.tap('看全部指标')
    await app.tap('血红蛋白')
    await app.tap('看变化 血红蛋白')
    expect(asked.filter((path) => path.includes('trend'))).toHaveLength(2)
    await app.tap('看历次数值 血红蛋白')
    expect(app.currentPage.route).toBe('pages/records/trend')
    expect(app.has('2026-07-01')).toBe(true)
    expect(app.errors).toEqual([])
  })

  test('the PDF is fetched with the session and shown by WeChat', async () => {
    const { app } = await openApp(recordDetail)
    await app.open('pages-card/record/detail', at)
    await app.tap('下载 PDF')
    expect(app.calls).toContainEqual({
      name: 'downloadFile',
      options: expect.objectContaining({
        url: 'https://zhangyi.invalid/api/v1/records/lab/sealed-1/pdf?patientId=patient_1',
        header: { authorization: 'Bearer session-token' },
      }),
    })
    expect(app.calls).toContainEqual({
      name: 'openDocument',
      options: expect.objectContaining({ filePath: 'wxfile://r', fileType: 'pdf', showMenu: true }),
    })
  })

  test.each([{ statusCode: 500 }, 'no network'] as const)(
    'a PDF that does not come (%o) is said',
    async (pdf) => {
      const { app } = await openApp(recordDetail, pdf)
      await app.open('pages-card/record/detail', at)
      await app.tap('下载 PDF')
      expect(app.has('PDF 没有下载下来')).toBe(true)
      expect(app.calls.some(({ name }) => name === 'openDocument')).toBe(false)
    },
  )
})

describe('the list in the mini program', () => {
  test('rows with their state in words lead to the report', async () => {
    const { app } = await openApp(recordDetail)
    await app.open('pages/records/list', { kind: 'lab', patientId: 'patient_1' })
    expect(app.has('有异常')).toBe(true)
    await app.tap('血常规')
    expect(app.currentPage.route).toBe('pages-card/record/detail')
    expect(app.errors).toEqual([])
  })

  test('without a grant the confirm page takes its place', async () => {
    const { app } = await openApp(recordDetail)
    await app.open('pages/records/list', { kind: 'diagnosis', patientId: 'patient_1' })
    expect(app.currentPage).toMatchObject({
      route: 'pages/verify/confirm',
      query: { purpose: 'diagnosis', patientId: 'patient_1' },
    })
  })
})
