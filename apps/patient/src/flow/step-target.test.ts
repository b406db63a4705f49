import { expect, test } from 'vitest'
import { flowViews } from '../test-support/views.ts'
import { stepTarget } from './step-target.ts'

test.each([
  ['form', '/pages/enrolment/form'],
  ['waiting', '/pages/enrolment/return'],
  ['choose-archive', '/pages/enrolment/choose-archive'],
  ['complete-archive', '/pages/enrolment/complete'],
  ['done', '/pages/enrolment/done'],
  ['ways-on', '/pages/enrolment/ways-on'],
] as const)('%s is shown by %s, which is told the flow and nothing else', (step, route) => {
  expect(stepTarget(flowViews[step])).toEqual({ kind: 'page', route, query: { flow: 'flow_1' } })
})

test("the platform's page is opened by its address", () => {
  const { url } = flowViews['open-platform']
  expect(stepTarget(flowViews['open-platform'])).toEqual({ kind: 'platform', url })
})
