import { expect, test, vi } from 'vitest'
import type { FlowView } from '../api/types.ts'
import type { ApiResult } from '../platform/api-error.ts'
import { flowViews, lost, ok, refused } from '../test-support/views.ts'
import { pollFlow } from './poll-flow.ts'

const wait = async () => {}
const waiting: ApiResult<FlowView> = ok(flowViews.waiting)

test('asks until the gateway is through', async () => {
  const answers: ApiResult<FlowView>[] = [waiting, lost, ok(flowViews.done)]
  const get = vi.fn(async () => answers.shift() ?? lost)
  expect(await pollFlow(waiting, { get, wait })).toEqual(ok(flowViews.done))
  expect(get).toHaveBeenCalledTimes(3)
})

test('gives up after half a minute and says so by the last answer', async () => {
  const get = vi.fn(async () => waiting)
  expect(await pollFlow(waiting, { get, wait })).toEqual(waiting)
  expect(get).toHaveBeenCalledTimes(30)
})

test('a refusal ends it, and so does leaving the page', async () => {
  expect((await pollFlow(waiting, { get: async () => refused('flow-not-yours'), wait })).ok).toBe(false)
  const get = vi.fn(async () => waiting)
  await pollFlow(waiting, { get, wait, isLeft: () => true })
  expect(get).not.toHaveBeenCalled()
})
