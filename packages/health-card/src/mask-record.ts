import { maskIdNumber, maskName, maskPhone } from '@zhangyi/core'
import type { Members } from './read-members.ts'

export const HIDDEN = '[已隐藏]'

// What may be shown as it is. Everything else is masked or hidden: a field that the platform adds tomorrow must
// not leak because nobody listed it.
const OPEN = new Set(
  [
    'requestId hospitalId timestamp channelNum relateAppId resultCode appId expiresIn none',
    'idType cardType gender nation patientType domainChannel relation isSelf verifyStatus',
    'scene department useCardType cardCostTypes cardChannel hospitalCode subHospitalCode serviceId time',
    'codeType color codeColor verifyType suc result protectState medicalStep channelCode useType useChannel',
    'qrCodeType useCityCode terminalId visitCodeFirst',
  ]
    .join(' ')
    .split(' '),
)

const MAX_DEPTH = 6
const MAX_OPEN_LENGTH = 64
const MAX_WORDS_LENGTH = 200

/** A copy of a request or a reply that may stand in a log. */
export function maskRecord(members: Members, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, maskMember(name, member, depth)]),
  )
}

function maskMember(name: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || value === '') return value
  if (typeof value === 'object') {
    if (depth >= MAX_DEPTH) return HIDDEN
    if (Array.isArray(value)) return value.map((item) => maskMember(name, item, depth + 1))
    return maskRecord(value as Members, depth + 1)
  }
  if (isOpen(name)) return String(value).length <= MAX_OPEN_LENGTH ? value : HIDDEN
  if (typeof value !== 'string') return HIDDEN
  if (/name$/i.test(name)) return maskName(value)
  if (/phone\d?$/i.test(name)) return maskPhone(value)
  if (/id(card|number)$/i.test(name)) return maskIdNumber(value)
  if (/url$/i.test(name)) return maskAddress(value)
  return HIDDEN
}

// The portal's misspelt `appld` is `appId`.
function isOpen(name: string): boolean {
  return OPEN.has(name) || OPEN.has(name.replace(/ld$/, 'Id'))
}

/** Which page is worth knowing; queries, fragments and long random parts of a path are one-use. */
function maskAddress(url: string): string {
  return (url.split(/[?#]/)[0] ?? '').replace(/[0-9A-Za-z]{20,}/g, HIDDEN)
}

/**
 * The platform's own words (`errMsg`) with every value that request and reply hold taken out, and whatever looks
 * like a number of a person or a code. They are kept because no list of result codes is public.
 */
export function maskWords(words: string, ...sources: readonly Members[]): string {
  const values = sources.flatMap((source) => hiddenTexts(source))
  return values
    .sort((left, right) => right.length - left.length)
    .reduce((text, value) => text.replaceAll(value, HIDDEN), words)
    .replace(/[0-9A-Za-z]{16,}|\d{6,}[\dXx]?/g, HIDDEN)
    .slice(0, MAX_WORDS_LENGTH)
}

function hiddenTexts(members: Members, depth = 0): string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null)
      return depth >= MAX_DEPTH ? [] : hiddenTexts(value as Members, depth + 1)
    // A single letter or digit names nobody, and taking it out would leave no words.
    return typeof value === 'string' && value.trim().length > 1 && !isOpen(name) && name !== 'errMsg'
      ? [value]
      : []
  })
}
