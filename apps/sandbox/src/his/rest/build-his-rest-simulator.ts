import { ALL_OPERATIONS, HIS_OPERATIONS, type HisOperation } from '@zhangyi/his'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import iconv from 'iconv-lite'
import { applyGeneralFaults } from '../../kit/apply-general-faults.ts'
import { CallersClock } from '../../kit/callers-clock.ts'
import { SignatureChecker } from '../../kit/check-signature.ts'
import { Faults } from '../../kit/faults.ts'
import { acceptForms } from '../../kit/form-body.ts'
import { recordCall } from '../../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../../kit/simulator.ts'
import { HIS_FAULTS, HisAnswerer } from '../answer-operation.ts'
import { addDeskPages } from '../desk/add-desk-pages.ts'
import { hospitalActions } from '../desk/hospital-actions.ts'
import { maintenancePage } from '../his-maintenance.ts'
import { sharedHospital } from '../shared-hospital.ts'
import { answerRequest, type WireReply } from './answer-request.ts'
import { CONFORMANCE_FIXTURES, HIS_REST, KNOWN_PERSONS } from './credentials.ts'

/** A HIS behind the gateway's own REST wire, and the desk at which people play the hospital. */
export function buildHisRestSimulator(context: SimulatorContext): Simulator {
  const { clock } = context
  const app = fastify({ logger: false })
  const faults = new Faults()
  const calls: ReceivedCall[] = []
  const hospital = sharedHospital(context)
  const answerer = new HisAnswerer(() => hospital.now.port, faults)
  const signatures = new SignatureChecker(new CallersClock(clock, context.realClock), HIS_REST)

  const serve = async (operation: HisOperation, request: FastifyRequest, reply: FastifyReply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const atMs = clock.nowMs()
    let answered: WireReply | undefined
    const { result } = await applyGeneralFaults(faults, operation, reply, async () => {
      if (faults.take('his-maintenance', operation)) {
        reply.type('text/html; charset=utf-8')
        return maintenancePage('utf-8')
      }
      const { method, url: path, headers } = request
      const problem = signatures.problemOf({ method, path, headers, body: bytes })
      answered = problem
        ? { status: 401, body: { code: 'UNAUTHORIZED', reason: problem } }
        : await answerRequest(answerer, operation, bytes)
      reply.status(answered.status)
      if (!faults.take('garbled-charset', operation)) return answered.body
      reply.type('application/json; charset=utf-8')
      return iconv.encode(JSON.stringify(answered.body), 'gbk')
    })
    recordCall(calls, {
      atMs,
      operation,
      request: bytes.toString('utf8'),
      reply: answered?.body,
      result: result === 'ok' ? (answered?.body.code ?? 'his-maintenance') : result,
    })
    return reply
  }

  // The wire reads bytes, as the signature is over bytes; the pages beside it read forms.
  app.register(async (wire) => {
    wire.removeAllContentTypeParsers()
    wire.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const [operation] of ALL_OPERATIONS)
      if (operation === 'probe') wire.get('/probe', (request, reply) => serve(operation, request, reply))
      else wire.post(pathOf(operation), (request, reply) => serve(operation, request, reply))
  })
  acceptForms(app)
  addDeskPages(app, hospital, context)
  app.setNotFoundHandler((_request, reply) =>
    reply.status(404).send({ code: 'UNKNOWN_OPERATION', reason: '没有这个地址，见 GET / 与接口说明' }),
  )

  return {
    name: 'his-rest',
    zh: 'HIS（REST）',
    app,
    faults,
    calls,
    ownFaults: HIS_FAULTS,
    // Asked for each time: another refund mode offers another group.
    get credentials() {
      const groups = Object.keys(HIS_OPERATIONS).filter((group) => group in hospital.now.port)
      return { ...HIS_REST, groups, knownPersons: KNOWN_PERSONS, fixtures: CONFORMANCE_FIXTURES }
    },
    actions: hospitalActions(hospital, clock),
  }
}

/** `archives.find` → `/archives/find`, kebab-case. */
export function pathOf(operation: HisOperation): string {
  return `/${operation.replace('.', '/').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
