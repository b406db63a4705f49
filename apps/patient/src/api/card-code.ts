import { request } from '../session/signed-in-request.ts'
import type { CardCodeView, CodeType, FallbackReason } from './card-code-types.ts'
import { count, oneOf, orNull, type Reader, record, text, Unreadable } from './read.ts'

const common = { patient: record({ id: text, name: text, relation: text }), refreshSeconds: count }

// Only a picture that is in the answer itself: an address would be fetched from wherever it points to.
const image: Reader<string> = (value) => {
  const data = text(value)
  if (!data.startsWith('data:image/png;base64,')) throw new Unreadable('image')
  return data
}

// A reason that only a newer gateway knows must not hide the code: its words get more general.
const why: Reader<FallbackReason> = (value) => {
  const reason = text(value)
  return reason === 'not-verified' || reason === 'no-card' ? reason : 'platform-unavailable'
}

const kinds: { readonly [K in CardCodeView['kind']]: Reader<Extract<CardCodeView, { kind: K }>> } = {
  'health-card': record({
    ...common,
    kind: oneOf('health-card'),
    codeType: oneOf('dynamic', 'static'),
    image,
    number: text,
    pluginPage: orNull(text),
  }),
  'visit-card': record({
    ...common,
    kind: oneOf('visit-card'),
    why,
    symbol: oneOf('qr', 'code128'),
    image,
    number: text,
  }),
  counter: record({ ...common, kind: oneOf('counter'), why }),
}

export const cardCodeView: Reader<CardCodeView> = (value) => {
  const { kind } = record({ kind: oneOf('health-card', 'visit-card', 'counter') })(value)
  return kinds[kind](value)
}

// The gateway asks the card platform first, which may be slow, and answers with the visit card when it is.
const TIMEOUT_MS = 15_000

/** Without a type the hospital's own choice comes first. */
export const getCardCode = (patientId: string, type?: CodeType) =>
  request(`/api/v1/patients/${encodeURIComponent(patientId)}/card-code`, {
    ...(type && { query: { type } }),
    read: cardCodeView,
    timeoutMs: TIMEOUT_MS,
  })
