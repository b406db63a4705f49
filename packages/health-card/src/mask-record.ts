import { maskIdNumber, maskName, maskPhone } from '@zhangyi/core'

const HIDDEN = '[已隐藏]'

// What may be shown as it is. Everything else is masked or hidden: a field that the platform adds tomorrow must
// not leak because nobody listed it.
const OPEN = new Set(
  'requestId hospitalId timestamp channelNum relateAppId resultCode idType cardType gender nation patientType domainChannel scene department useCardType cardCostTypes cardChannel subHospitalCode hospitalCode time codeType color verifyType suc result isSelf verifyStatus protectState relation expiresIn medicalStep channelCode none'.split(
    ' ',
  ),
)

/** A copy of a request or a reply that may stand in a log. Redirect templates keep their place, not their query. */
export function maskRecord(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskMember(name, member)]))
}

function maskMember(name: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '' || OPEN.has(name)) return value
  if (Array.isArray(value)) return value.map((item) => maskMember(name, item))
  if (typeof value === 'object') return maskRecord(value as Record<string, unknown>)
  if (typeof value !== 'string') return HIDDEN
  if (/name$/i.test(name)) return maskName(value)
  if (/phone\d?$/i.test(name)) return maskPhone(value)
  if (/id(card|number)$/i.test(name)) return maskIdNumber(value)
  if (/url$/i.test(name)) return value.split('?')[0]
  return HIDDEN
}
