import { expect, test, vi } from 'vitest'
import type { FlowView } from '../api/types.ts'
import type { ApiResult } from '../platform/api-error.ts'
import { flowViews, lost, ok, refused } from '../test-support/views.ts'
import { handView } from './handed-view.ts'
import { useFlowPage } from './use-flow-page.ts'

function page(answer: ApiResult<FlowView>) {
  const get = vi.fn(async (_flow: string) => answer)
  const open = vi.fn(async (_view: FlowView) => true)
  return { get, open, ...useFlowPage(['ways-on'], { get, open }) }
}

test('shows its own step', async () => {
  const { view, load } = page(ok(flowViews['ways-on']))
  await load('flow_1')
  expect(view.value?.reason).toBe('verify-failed')
})

test('a page from yesterday moves on to where the flow stands', async () => {
  const { view, load, open } = page(ok(flowViews.done))
  await load('flow_1')
  expect(view.value).toBeUndefined()
  expect(open).toHaveBeenCalledWith(flowViews.done)
})

test('takes what the page before has just been told, once', async () => {
  const { get, load } = page(lost)
  handView(flowViews['ways-on'])
  await load('flow_1')
  expect(get).not.toHaveBeenCalled()
  await load('flow_1')
  expect(get).toHaveBeenCalledOnce()
})

test('an error is shown, a second load may succeed', async () => {
  const { problem, load, get } = page(lost)
  await load('flow_1')
  expect(problem.value?.code).toBe('TIMEOUT')
  get.mockResolvedValue(ok(flowViews['ways-on']))
  await load()
  expect(problem.value).toBeUndefined()
})

test('pressed twice: the second press of a step that is done moves on instead of complaining', async () => {
  const { load, send, get, open } = page(ok(flowViews['ways-on']))
  await load('flow_1')
  get.mockResolvedValue(ok(flowViews.done))
  expect(await send(async () => refused('flow-wrong-step'))).toBeUndefined()
  expect(open).toHaveBeenCalledWith(flowViews.done)
})

test('a refusal goes back to the form that sent it', async () => {
  const { load, send, busy } = page(ok(flowViews['ways-on']))
  await load('flow_1')
  expect((await send(async () => refused('bad-input')))?.code).toBe('bad-input')
  expect(busy.value).toBe(false)
})
