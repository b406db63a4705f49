import { openPage, redirectPage } from '../platform/navigate.ts'
import { routes } from '../platform/routes.ts'
import { currentMe } from '../session/me.ts'
import type { FlowOrigin } from './flow-storage.ts'
import { forgetErrand } from './wechat-code.ts'

/**
 * Begins an enrolment from wherever the person is: consent first where it is missing, then the start page,
 * which needs no tap. `replace`: the present page is spent and leaves the history.
 */
export function beginEnrolment(
  origin: FlowOrigin,
  how: { readonly replace?: boolean; readonly retryOf?: string } = {},
): Promise<boolean> {
  // An errand that was given up earlier must not be taken for a code that did not come.
  forgetErrand()
  const query = { ...origin, retryOf: how.retryOf }
  const open = how.replace ? redirectPage : openPage
  return currentMe.value?.consent.accepted === false
    ? open(routes.consent, { next: 'start', ...query })
    : open(routes.enrolmentStart, query)
}
