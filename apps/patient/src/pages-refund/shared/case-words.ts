import type { Leg, RefundCase, ShownPhase } from '../../api/refund-types.ts'
import type { Step } from '../../components/step.ts'
import { phaseKinds, refundTexts as texts } from '../../texts/refunds.ts'
import { momentWords } from '../../visitor/day-words.ts'
import { yuan } from '../../visitor/yuan.ts'

/** What the patient should see first: what waits for them, then what is wrong, then what goes on, then the ends. */
const URGENCY: readonly ShownPhase[] = [
  'to-receive',
  'not-enough',
  'expired',
  'stopped',
  'withdrawing',
  'processing',
  'unknown',
  'refused',
  'returned',
  'paid-at-window',
  'paid',
]

/** The first one stands for the whole refund. */
export function legsByUrgency({ legs }: RefundCase): readonly Leg[] {
  return [...legs].sort((one, other) => URGENCY.indexOf(one.phase) - URGENCY.indexOf(other.phase))
}

export type Tag = { readonly text: string; readonly kind: 'info' | 'warn' | 'bad' | 'ok' }
export const legTag = ({ title, phase }: Leg): Tag => ({ text: title, kind: phaseKinds[phase] })

export const msWords = (ms: number): string => momentWords(new Date(ms).toISOString())

export function caseFacts({ patientName, cardNumber, wayName, createdAtMs }: RefundCase) {
  const { patient, card, way, at } = texts.caseFacts
  return [
    { label: patient, value: patientName },
    ...(cardNumber === '' ? [] : [{ label: card, value: texts.cardTail(cardNumber) }]),
    { label: way, value: wayName },
    { label: at, value: msWords(createdAtMs) },
  ]
}

export function legFacts({ route, account, phase, paidAtMs }: Leg) {
  return [
    // Of what did not arrive the account would only contradict the message.
    ...(route === 'original' && (phase === 'processing' || phase === 'paid')
      ? [{ label: texts.legTo, value: account ?? texts.legToUnknown }]
      : []),
    ...(phase === 'paid' && paidAtMs !== null ? [{ label: texts.legPaidAt, value: msWords(paidAtMs) }] : []),
  ]
}

/** A transfer's way as long as it goes as planned: while WeChat or the hospital is at work its place is not known. */
export function legSteps({ route, phase }: Leg): readonly Step[] {
  if (route === 'original' || (phase !== 'to-receive' && phase !== 'paid')) return []
  const { applied, held, confirm, confirmWhat, arrive } = texts.steps
  const waits = phase === 'to-receive'
  return [
    { id: 'applied', title: applied, state: 'done' },
    { id: 'held', title: held, state: 'done' },
    {
      id: 'confirm',
      title: confirm,
      ...(waits && { explanation: confirmWhat }),
      state: waits ? 'now' : 'done',
    },
    { id: 'arrive', title: arrive, state: waits ? 'later' : 'done' },
  ]
}

/** One refund in a list. */
export function caseRow(one: RefundCase) {
  const [leg] = legsByUrgency(one)
  return {
    id: one.id,
    title: one.wayName,
    amount: yuan(one.amountFen),
    line: `${one.patientName} ${msWords(one.createdAtMs)}`,
    tag: leg && legTag(leg),
  }
}
