import type { Purpose, RecordKind } from '../api/purposes.ts'
import type { ApiError } from '../platform/api-error.ts'
import { openPage, redirectPage } from '../platform/navigate.ts'
import { routes } from '../platform/routes.ts'
import { forgetErrand } from './wechat-code.ts'

/**
 * Opens what only a verified person may see: the confirm page first, which goes straight on where a grant still
 * lives. `replace`: the present page may not be seen any more (its grant lapsed or does not suffice) and leaves the
 * history; then a live grant is no reason to go straight back to it. `choose`: the person wants another patient, so
 * the choice is open and verification begins anew. The kind of record follows from the purpose; a page may say it.
 * False: the page did not open.
 */
export function openProtected(
  purpose: Purpose,
  query: { readonly patientId?: string; readonly kind?: RecordKind } = {},
  how: { readonly replace?: boolean; readonly choose?: boolean } = {},
): Promise<boolean> {
  // An errand that was given up earlier must not be taken for a code that did not come.
  forgetErrand()
  const open = how.replace ? redirectPage : openPage
  return open(routes.verifyConfirm, {
    purpose,
    patientId: query.patientId,
    fresh: how.replace || how.choose ? 1 : undefined,
    choose: how.choose ? 1 : undefined,
  })
}

/** True where the gateway asks for a verification first: then the page calls `openProtected` with `replace`. */
export function needsVerification(error: ApiError): boolean {
  return error.code === 'verification-required' || error.code === 'real-person-required'
}
