import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { applyGeneralFaults } from '../kit/apply-general-faults.ts'
import { CallersClock } from '../kit/callers-clock.ts'
import { Faults } from '../kit/faults.ts'
import { recordCall } from '../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../kit/simulator.ts'
import { addBillPages } from './add-bill-pages.ts'
import { BillBook } from './bill-book.ts'
import { checkBill } from './check-bill.ts'
import { signatureChecker } from './check-signature.ts'
import { HOSPITAL_PAY } from './credentials.ts'
import { readBillLines } from './read-bill-lines.ts'
import { BillRefusal, REFUSALS } from './refusals.ts'

const MAX_BODY_BYTES = 64 * 1024 * 1024
const MAX_DAYS_LISTED = 92

/**
 * 院统一支付平台: takes a day's bill. The real platform's contract is not public and differs by hospital, so this
 * wire form is the sandbox's own:
 *
 * - `POST /bills/{yyyy-MM-dd}`: `application/x-ndjson` or `text/csv`, one line a row, then one control total for each
 *   of the three kinds. Replaces the whole day. 200 with a receipt; 202 while it is `processing`.
 * - `GET /bills/{day}`: the receipt of a day. `GET /bills?from=&to=`: receipts, newest first.
 * - Headers: `X-Merchant-Id`, `X-Timestamp` (seconds), `X-Nonce`, `X-Content-Sha256` (hex of the body),
 *   `Idempotency-Key` (POST) and `X-Signature`: HMAC-SHA256, hex, of method, path with query, merchant, timestamp,
 *   nonce, idempotency key (empty for GET) and digest, joined by line feeds.
 * - A refusal: `{code, message, row?}`; `row` is the number of the line at fault.
 */
export function buildHospitalPaySimulator({ clock, realClock, baseUrl, store }: SimulatorContext): Simulator {
  const app = fastify({ logger: false, bodyLimit: MAX_BODY_BYTES })
  const faults = new Faults()
  const calls: ReceivedCall[] = []
  const book = new BillBook(store, clock)
  const checkSignature = signatureChecker(new CallersClock(clock, realClock))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const answer = async (
    operation: string,
    request: FastifyRequest,
    reply: FastifyReply,
    carryOut: (body: Buffer, digest: string) => object,
  ) => {
    const atMs = clock.nowMs()
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { result, body: sent } = await applyGeneralFaults(faults, operation, reply, () => {
      try {
        if (faults.take('signature-refused', operation)) throw new BillRefusal('signature-invalid')
        const { method, url: path, headers } = request
        return carryOut(body, checkSignature({ method, path, headers, body }))
      } catch (error) {
        if (!(error instanceof BillRefusal)) throw error
        reply.status(REFUSALS[error.code].status)
        return {
          code: error.code,
          message: error.message,
          ...(error.row !== undefined && { row: error.row }),
        }
      }
    })
    const code = (sent as { code?: string } | undefined)?.code ?? 'ok'
    recordCall(calls, {
      ...{ atMs, operation, reply: sent, result: result === 'ok' ? code : result },
      request: `${request.method} ${request.url}, ${body.length} bytes`,
    })
    return reply
  }

  app.post<{ Params: { day: string } }>('/bills/:day', (request, reply) =>
    answer('upload-bill', request, reply, (body, sha256) => {
      const { day } = request.params
      const type = String(request.headers['content-type']).split(';')[0]?.trim() ?? ''
      const { receipt, replayed } = book.receive(
        {
          ...{ day, sha256, idempotencyKey: String(request.headers['idempotency-key']) },
          late: faults.take('receipt-late', 'upload-bill') !== undefined,
        },
        () => {
          if (faults.take('row-refused', 'upload-bill')) throw new BillRefusal('row-invalid', '沙箱故障', 1)
          return checkBill(readBillLines(body.toString('utf8'), type), day)
        },
      )
      reply.header('idempotent-replayed', String(replayed))
      reply.status('status' in receipt && receipt.status === 'processing' ? 202 : 200)
      return receipt
    }),
  )
  app.get<{ Params: { day: string } }>('/bills/:day', (request, reply) =>
    answer('query-receipt', request, reply, () => book.receiptOf(request.params.day)),
  )
  app.get<{ Querystring: { from?: string; to?: string } }>('/bills', (request, reply) =>
    answer('list-receipts', request, reply, () => {
      const { from = '0000-00-00', to = '9999-99-99' } = request.query
      return { receipts: book.list(from, to).slice(0, MAX_DAYS_LISTED) }
    }),
  )
  addBillPages(app, book, baseUrl)

  const dayInput = z.strictObject({ day: z.string(), closed: z.boolean().default(true) })
  return {
    name: 'hospital-pay',
    zh: '院统一支付平台',
    app,
    faults,
    calls,
    ownFaults: {
      'signature-refused': '不办理，答 401（签名不对）',
      'row-refused': '整份拒收，指出第 1 行',
      'receipt-late': '收下后先答 202（处理中），10 分钟后才算受理',
    },
    credentials: HOSPITAL_PAY,
    actions: {
      days: () => book.days(),
      'close-day': (input) => {
        const { day, closed } = dayInput.parse(input)
        book.close(day, closed)
        return { day, closed }
      },
      clear: () => {
        book.clear()
        return {}
      },
    },
  }
}
