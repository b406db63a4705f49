import type { FlowView } from '../api/types.ts'
import { moveOn, openPlatformPage } from '../platform/navigate.ts'
import { ensureMe } from '../session/me.ts'
import { forgetDraft } from './draft.ts'
import { handView } from './handed-view.ts'
import { type StepTarget, stepTarget } from './step-target.ts'

export type Navigation = {
  readonly moveOn: typeof moveOn
  readonly openPlatformPage: (url: string) => Promise<boolean>
}
const navigation: Navigation = {
  moveOn,
  async openPlatformPage(url) {
    // Which hosts may be opened is known once the gateway has said who it is.
    await ensureMe()
    return openPlatformPage(url)
  },
}

/** Goes there in place of the present page. False: it could not be opened. */
export function openTarget(target: StepTarget, go: Navigation = navigation): Promise<boolean> {
  return target.kind === 'platform' ? go.openPlatformPage(target.url) : go.moveOn(target.route, target.query)
}

/** Goes to the page of the flow's step, in place of the present one. False: it could not be opened. */
export async function openStep(view: FlowView, go: Navigation = navigation): Promise<boolean> {
  if (view.step === 'done') forgetDraft(view.id)
  const target = stepTarget(view)
  if (target.kind === 'page') handView(view)
  return openTarget(target, go)
}
