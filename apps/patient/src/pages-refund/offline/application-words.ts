import type { OfflineApplication } from '../../api/offline-types.ts'
import { offlineTexts as texts } from '../../texts/offline.ts'
import { yuan } from '../../visitor/yuan.ts'
import { msWords } from '../shared/case-words.ts'

const facts = (...pairs: readonly (readonly [string, string | null])[]) =>
  pairs.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]))

export function applicationFacts(one: OfflineApplication) {
  const { reasonName, applicant, patient, submittedAtMs, amountFen, payout } = one
  const words = texts.facts
  return facts(
    [words.reason, reasonName],
    [words.applicant, [applicant.name, applicant.relation].filter(Boolean).join(' · ')],
    [words.phone, applicant.phone],
    [words.patient, [patient.name, patient.idNumber].filter(Boolean).join(' ')],
    [words.card, patient.cardNumber],
    [words.at, submittedAtMs === null ? null : msWords(submittedAtMs)],
    [words.amount, amountFen === null ? null : yuan(amountFen)],
    [words.payout, payout && `${payout.howName} ${msWords(payout.atMs)}`],
    [words.voucher, payout?.voucher ?? null],
  )
}

/** Each document that is still missing, one row for every kind that would do. */
export function missingRows({ missing }: OfflineApplication) {
  return missing.flatMap(({ anyOf }, index) =>
    anyOf.map(({ kind, name }) => ({
      key: `${index}-${kind}`,
      kind,
      title: texts.upload(name),
      what: anyOf.length > 1 ? texts.anyOne : '',
    })),
  )
}
