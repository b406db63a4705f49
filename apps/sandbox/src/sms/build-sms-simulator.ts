import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { CallersClock } from '../kit/callers-clock.ts'
import { SignatureChecker } from '../kit/check-signature.ts'
import { Faults } from '../kit/faults.ts'
import { recordCall } from '../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../kit/simulator.ts'
import { addInboxPages } from './add-inbox-pages.ts'
import { answerMessage, type WireReply } from './answer-message.ts'
import { SMS_GATEWAY } from './credentials.ts'
import { Inbox } from './inbox.ts'

const SEND = 'send'
const filterSchema = z.strictObject({ phone: z.string().optional() })

/**
 * A hospital's SMS gateway: `POST /messages` with `{requestKey, phone, text, time}`, signed as the HIS wire is;
 * `{accepted: true}` or `{accepted: false, code}`. Its messages arrive on a page instead of a phone.
 */
export function buildSmsSimulator({ clock, realClock, store }: SimulatorContext): Simulator {
  const app = fastify({ logger: false })
  const faults = new Faults()
  const calls: ReceivedCall[] = []
  const inbox = new Inbox(store, clock)
  const signatures = new SignatureChecker(new CallersClock(clock, realClock), SMS_GATEWAY)

  const carryOut = (request: FastifyRequest, bytes: Buffer): WireReply => {
    const { method, url: path, headers } = request
    const problem = signatures.problemOf({ method, path, headers, body: bytes })
    if (problem) return { status: 401, body: { accepted: false, code: 'unauthorized', reason: problem } }
    return answerMessage(inbox, bytes, () => faults.take('refused', SEND) !== undefined)
  }
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const atMs = clock.nowMs()
    let answered: WireReply | undefined
    const { result } = await applyGeneralFaults(faults, SEND, reply, () => {
      answered = carryOut(request, bytes)
      reply.status(answered.status)
      return answered.body
    })
    const told = answered && (answered.body.code ?? 'accepted')
    recordCall(calls, {
      ...{ atMs, operation: SEND, request: bytes.toString('utf8'), reply: answered?.body },
      result: result === 'ok' ? (told ?? result) : result,
    })
    return reply
  }

  // The wire reads bytes, as the signature is over bytes; the pages beside it read forms.
  app.register(async (wire) => {
    wire.removeAllContentTypeParsers()
    wire.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    wire.post(SMS_GATEWAY.path, serve)
  })
  addInboxPages(app, inbox)

  return {
    ...{ name: 'sms', zh: '短信网关', app, faults, calls },
    ownFaults: { refused: '不发送，答 accepted: false（code: refused）' },
    credentials: SMS_GATEWAY,
    actions: {
      /** Newest first; of one phone or of all. */
      messages: (input) => inbox.list(filterSchema.parse(input).phone),
      clear: () => {
        inbox.clear()
        return {}
      },
    },
  }
}
