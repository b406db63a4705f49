import { expect, test, vi } from 'vitest'
import { flowViews, ok, refused } from '../../test-support/views.ts'
import { useChooseArchive } from './use-choose-archive.ts'

async function page() {
  const choose = vi.fn(async (_flow: string, _key: string) => ok(flowViews.done))
  const open = vi.fn(async () => true)
  const state = useChooseArchive({ choose, page: { get: async () => ok(flowViews['choose-archive']), open } })
  await state.page.load('flow_1')
  return { choose, open, ...state }
}

test('nothing is chosen beforehand, and nothing can be sent without choosing', async () => {
  const { rows, chosen, notice, submit, choose } = await page()
  expect(rows.value).toMatchObject([
    { title: '就诊卡 ****0931', what: '最近就诊 2026-08-01 · 湖滨院区' },
    { title: '没有就诊卡号的档案', what: '没有就诊记录' },
  ])
  expect(chosen.value).toBe('')
  await submit()
  expect(notice.value).toBe('请先选出一份档案。')
  expect(choose).not.toHaveBeenCalled()
})

test('the picked one is sent', async () => {
  const { pick, submit, choose, open } = await page()
  pick('b')
  await submit()
  expect(choose).toHaveBeenCalledWith('flow_1', 'b')
  expect(open).toHaveBeenCalledWith(flowViews.done)
})

test('none of them: leads to the counter and takes the choice back', async () => {
  const { pick, pickNone, chosen, noneOfThese } = await page()
  pick('a')
  pickNone()
  expect(chosen.value).toBe('')
  expect(noneOfThese.value).toBe(true)
})

test('a refusal is said on the page', async () => {
  const { pick, submit, choose, refusal } = await page()
  choose.mockResolvedValue(refused('bad-input') as never)
  pick('a')
  await submit()
  expect(refusal.value?.code).toBe('bad-input')
})
