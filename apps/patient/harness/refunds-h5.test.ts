import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { offlineForm, withDocument } from '../src/test-support/offline-views.ts'
import { caseOf, entriesView, legAt, originalOrders, twoArchives } from '../src/test-support/refund-views.ts'
import { me, patient } from '../src/test-support/views.ts'
import { useH5 } from './open-h5.ts'
import { axeProblems, tooSmall } from './page-checks.ts'

// The H5's pages of refunds against answers made here. With the real gateway: tests/browser.
const h5 = useH5()

const [original, face] = entriesView.ways
const original0 = {
  ...legAt.processing,
  id: 'leg_0',
  route: 'original',
  account: '招商银行信用卡 0403',
} as const
const partial = {
  ...entriesView,
  partial: true,
  ways: [{ ...original, closed: '请在 8:00–17:00 办理。' }, face],
}
const answers: Readonly<Record<string, object>> = {
  me: { ...me, patients: [patient] },
  'refunds/entries': partial,
  'refunds/original/orders': { ...originalOrders, reason: '有一笔费用没有结清，先留着。' },
  'refunds/face/checks/merge/archives': twoArchives,
  refunds: {
    cases: Object.values(legAt).map((leg) => ({ ...caseOf(leg), id: `refund_${leg.phase}` })),
    more: true,
  },
  ...Object.fromEntries(
    Object.values(legAt).map((leg) => [
      `refunds/refund_${leg.phase}`,
      { ...caseOf(leg), id: `refund_${leg.phase}` },
    ]),
  ),
  'refunds/refund_two': { ...caseOf(original0, legAt['to-receive']), id: 'refund_two' },
  'refunds/offline': { applications: [withDocument] },
  'refunds/offline/form': offlineForm,
  'refunds/offline/offline_1': { ...withDocument, said: '请补患者签字的委托书。' },
}

async function open(
  path: string,
  { elder = false, who = {} }: { elder?: boolean; who?: object } = {},
): Promise<Page> {
  const page = await h5.newPage(elder)
  await page.route('**/api/v1/**', (route) => {
    const asked = new URL(route.request().url()).pathname.replace('/api/v1/', '')
    const answer = answers[asked]
    if (answer) return route.fulfill({ json: asked === 'me' ? { ...answer, ...who } : answer })
    const error = { code: 'not-found', message: '没有找到。', traceId: 'ZY-1' }
    return route.fulfill({ status: 404, json: { error } })
  })
  await page.goto(`${h5.url}pages-refund/${path}`)
  return page
}

// In large letters, where it is narrowest; tests/browser looks at every page as most people see it.
const pages = [
  ['entries/entries', '选择退款方式'],
  ['original/original', '选择要退的充值'],
  ['archives/archives?id=merge', '已合并，重新查询'],
  ['case/case?id=refund_two', '招商银行信用卡'],
  ['offline/apply', '是哪种情况？'],
  ['offline/application?id=offline_1', '医院的话'],
] as const

test.each(pages)('%s: readable, reachable, accessible in large letters at 360 × 640', async (path, words) => {
  const page = await open(path, { elder: true })
  await page.getByText(words).first().waitFor()
  expect(await tooSmall(page, 20)).toEqual([])
  expect(await axeProblems(page)).toEqual([])
  await page.context().close()
})

test('the official account’s face way leads to the mini program; nothing is asked there', async () => {
  const page = await open('face/face', { who: { developmentBridge: false } })
  await page.getByText('请在小程序里办理').waitFor()
  expect(await page.getByRole('textbox').count()).toBe(0)
  await page.context().close()
})
