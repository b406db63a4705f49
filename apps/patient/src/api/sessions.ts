import { request } from '../platform/request.ts'
import { type Reader, record, text } from './read.ts'
import type { MiniProgramSession } from './types.ts'

const session: Reader<MiniProgramSession> = record({ token: text, expiresAt: text })

/** The only call that goes out without a session. */
export const openMiniProgramSession = (input: { readonly code: string; readonly hospital?: string }) =>
  request('/api/v1/sessions/mini-program', { method: 'POST', body: input, read: session })
