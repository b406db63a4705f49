import { z } from 'zod'
import type { Inbox } from './inbox.ts'

export interface WireReply {
  readonly status: number
  readonly body: { readonly accepted: boolean; readonly code?: string; readonly reason?: string }
}

const messageSchema = z.object({
  requestKey: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  phone: z.string(),
  // Ten messages of 67 characters joined: more no carrier takes.
  text: z.string().min(1).max(670),
  time: z.iso.datetime({ offset: true }),
})
const MOBILE = /^1[3-9]\d{9}$/

/** From the bytes of a signed request to its reply. `refuses` is asked only about messages that have not arrived yet. */
export function answerMessage(inbox: Inbox, bytes: Buffer, refuses: () => boolean): WireReply {
  const parsed = messageSchema.safeParse(parseJson(bytes))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      status: 400,
      body: { accepted: false, code: 'bad-request', reason: issue?.path.join('.') ?? '' },
    }
  }
  const { requestKey, phone, text } = parsed.data
  if (!MOBILE.test(phone)) return refusal('phone-invalid')
  if (!inbox.has(requestKey) && refuses()) return refusal('refused')
  return inbox.receive({ requestKey, phone, text }) === 'key-reused'
    ? refusal('key-reused')
    : { status: 200, body: { accepted: true } }
}

/** The gateway says that it did not take the message: HTTP 200, as the transport worked. */
function refusal(code: string): WireReply {
  return { status: 200, body: { accepted: false, code } }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
