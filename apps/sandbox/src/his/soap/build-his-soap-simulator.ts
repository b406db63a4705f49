import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import iconv from 'iconv-lite'
import { applyGeneralFaults } from '../../kit/apply-general-faults.ts'
import { Faults } from '../../kit/faults.ts'
import { sendPage } from '../../kit/form-body.ts'
import { recordCall } from '../../kit/record-call.ts'
import type { ReceivedCall, Simulator, SimulatorContext } from '../../kit/simulator.ts'
import { HIS_FAULTS, HisAnswerer } from '../answer-operation.ts'
import { hospitalActions } from '../desk/hospital-actions.ts'
import { maintenancePage } from '../his-maintenance.ts'
import { sharedHospital } from '../shared-hospital.ts'
import { findTrade, TradeDesk } from './answer-trade.ts'
import { changeDialect, DEFAULT_DIALECT, type DialectSettings, dialectChange } from './dialect-settings.ts'
import { HIS_SOAP, otherCharset, readEnvelope, SoapFault, writeFault, writeReply } from './soap-messages.ts'
import { tradesPage } from './trades-page.ts'
import { writeWsdl } from './write-wsdl.ts'

const PATH = '/HisService.asmx'
const UTF8_PATH = `/utf8${PATH}`

/** A HIS behind SOAP in a vendor's dialect; every detail is in `dialect.md`. */
export function buildHisSoapSimulator(context: SimulatorContext): Simulator {
  const { clock, baseUrl } = context
  const app = fastify({ logger: false })
  const faults = new Faults()
  const calls: ReceivedCall[] = []
  const hospital = sharedHospital(context)
  const desk = new TradeDesk(new HisAnswerer(() => hospital.now.port, faults))
  let dialect = DEFAULT_DIALECT

  // The address alone decides the charset: what a client writes into its headers is not looked at.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const settingsOf = ({ url, query }: FastifyRequest): DialectSettings => {
    const asked = dialectChange.safeParse(query)
    const byPath: DialectSettings = url.startsWith('/utf8/') ? { ...dialect, charset: 'utf-8' } : dialect
    return changeDialect(byPath, asked.success ? asked.data : {})
  }

  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const settings = settingsOf(request)
    const call = readEnvelope(
      Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      settings.charset,
      request.headers.soapaction?.toString(),
    )
    const trade = findTrade(call)
    const { operation } = trade
    const atMs = clock.nowMs()
    let answered: { readonly resultCode: string; readonly xml: string } | undefined
    const { result } = await applyGeneralFaults(faults, operation, reply, async () => {
      if (faults.take('his-maintenance', operation)) {
        answered = { resultCode: 'his-maintenance', xml: '' }
        reply.type(`text/html; charset=${settings.charset}`)
        return iconv.encode(maintenancePage(settings.charset), settings.charset)
      }
      answered = await desk.answer(trade, call, settings)
      reply.type(`text/xml; charset=${settings.charset}`)
      const garbled = faults.take('garbled-charset', operation)
      const charset = garbled ? otherCharset(settings.charset) : settings.charset
      const bytes = iconv.encode(writeReply(answered.xml, settings), charset)
      const cut = faults.take('malformed-json', operation)
      return cut ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes
    })
    recordCall(calls, {
      atMs,
      operation,
      request: { tradeCode: call.tradeCode, request: call.text },
      reply: answered?.xml,
      result: result === 'ok' ? (answered?.resultCode ?? '') : result,
    })
    return reply
  }

  for (const path of [PATH, UTF8_PATH]) {
    app.post(path, serve)
    app.get(path, (_request, reply) =>
      reply.type('text/xml; charset=utf-8').send(writeWsdl(`${baseUrl}${path}`)),
    )
  }
  app.get('/', (_request, reply) =>
    sendPage(reply, 'HIS（SOAP 方言）', tradesPage(`${baseUrl}${PATH}`, context.origins['his-rest'])),
  )

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const settings = settingsOf(request)
    const ours = error instanceof SoapFault || error.statusCode === 413
    const text = writeFault(ours ? 'Client' : 'Server', ours ? error.message : '服务器内部错误', settings)
    if (error instanceof SoapFault)
      recordCall(calls, {
        atMs: clock.nowMs(),
        operation: 'fault',
        request: '',
        reply: text,
        result: error.message,
      })
    return reply
      .status(500)
      .type(`text/xml; charset=${settings.charset}`)
      .send(iconv.encode(text, settings.charset))
  })

  return {
    name: 'his-soap',
    zh: 'HIS（SOAP 方言）',
    app,
    faults,
    calls,
    ownFaults: HIS_FAULTS,
    credentials: {
      endpoint: `${baseUrl}${PATH}`,
      endpointUtf8: `${baseUrl}${UTF8_PATH}`,
      charset: 'gbk',
      ...HIS_SOAP,
    },
    actions: {
      ...hospitalActions(hospital, clock),
      dialect: (input) => {
        dialect = changeDialect(dialect, dialectChange.strict().parse(input))
        return dialect
      },
    },
  }
}
