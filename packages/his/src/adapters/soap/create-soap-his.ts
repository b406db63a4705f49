import { type Clock, systemClock } from '@zhangyi/core'
import type * as z from 'zod'
import type { HisOperation } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import { buildPort, type Plans } from '../call/build-port.ts'
import type { OnHisCall } from '../call/call-record.ts'
import { checkOffered } from '../call/check-offered.ts'
import type { Exchange } from '../call/plan.ts'
import { type SendOptions, sendBytes } from '../call/send-bytes.ts'
import { HisConfigError, parseConfig } from '../config-error.ts'
import { type MappedQuestion, mappedPlan } from '../mapping/mapped-plan.ts'
import { parseMapping } from '../mapping/parse-mapping.ts'
import type { Charset } from './charset.ts'
import { checkSoap } from './check-soap.ts'
import { readEnvelope } from './read-envelope.ts'
import { type SoapStyle, soapStyleSchema } from './soap-style.ts'
import { methodOf, writeEnvelope } from './write-envelope.ts'

export interface SoapHisOptions extends SendOptions {
  readonly endpoint: string
  /** Of the bytes in both directions; what a reply declares is not believed. */
  readonly charset: Charset
  readonly style: z.input<typeof soapStyleSchema>
  /** How the operations are said: the content of a mapping file. */
  readonly mapping: unknown
  /** Values for `{settings.…}`: hospital code, operator, password. */
  readonly settings?: Readonly<Record<string, string>>
  readonly clock?: Clock
  readonly onCall?: OnHisCall
}

/** A HIS behind SOAP with XML in a text, as a mapping describes it. Throws `HisConfigError` if that cannot work. */
export function createSoapHis(options: SoapHisOptions): HisPort {
  const { endpoint, charset, settings = {}, clock = systemClock, onCall } = options
  const style: SoapStyle = parseConfig('SOAP 写法', soapStyleSchema, options.style)
  const mapping = parseMapping(options.mapping, Object.keys(settings))
  const names = Object.keys(mapping.operations) as HisOperation[]
  const problems = [...checkOffered(new Set(names)), ...checkSoap(style, mapping, settings)]
  if (problems.length > 0) throw new HisConfigError('HIS 映射', problems)
  const address = { endpoint, charset, style, settings }

  const exchange: Exchange<MappedQuestion> = async (question, operation) => {
    const request = writeEnvelope(address, question)
    const bytes = await sendBytes(options, { ...request, operation })
    const method = methodOf(style, question.call.code ?? '')
    return readEnvelope(bytes, {
      charset,
      resultElement: style.resultElement ?? `${method}Result`,
      responseRoot: style.responseRoot,
    })
  }
  const plans: Plans<MappedQuestion> = Object.fromEntries(
    Object.entries(mapping.operations).map(([name, operation]) => [
      name,
      mappedPlan(mapping, name as HisOperation, operation, { settings, clock }),
    ]),
  )
  return buildPort(plans, { exchange, clock, onCall })
}
