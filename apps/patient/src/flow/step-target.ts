import { assertNever } from '@zhangyi/core'
import type { FlowView } from '../api/types.ts'
import { type Query, type Route, routes } from '../platform/routes.ts'

export type StepTarget =
  | { readonly kind: 'platform'; readonly url: string }
  | { readonly kind: 'page'; readonly route: Route; readonly query: Query }

/** Where a flow goes on: the one place that knows which page belongs to which step. */
export function stepTarget(view: FlowView): StepTarget {
  const page = (route: Route): StepTarget => ({ kind: 'page', route, query: { flow: view.id } })
  switch (view.step) {
    case 'open-platform':
      return { kind: 'platform', url: view.url }
    case 'form':
      return page(routes.enrolmentForm)
    case 'waiting':
      return page(routes.enrolmentReturn)
    case 'choose-archive':
      return page(routes.chooseArchive)
    case 'complete-archive':
      return page(routes.completeArchive)
    case 'done':
      return page(routes.enrolmentDone)
    case 'ways-on':
      return page(routes.waysOn)
    default:
      return assertNever(view)
  }
}
