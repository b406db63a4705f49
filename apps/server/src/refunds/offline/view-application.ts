import { maskCardNumber, maskIdNumber, maskName, maskPhone } from '@zhangyi/core'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Tx } from '../../platform/database/tx.ts'
import { hospitalOf } from '../../platform/hospitals/hospital-of.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { type DocumentHead, documentsOf } from './documents.ts'
import { missingDocuments, viewDemand } from './missing-documents.ts'
import {
  type Applicant,
  type ApplicationPatient,
  type ApplicationRow,
  openApplicant,
  openFileName,
  openPatient,
  openText,
} from './offline-row.ts'
import { stateAfter, takesDocuments } from './offline-states.ts'
import type { OfflineApplication } from './offline-views.ts'
import type { OfflineRoom } from './room.ts'
import { DOCUMENT_NAMES, messageOf, PAYOUT_NAMES, REASON_NAMES, STATE_NAMES } from './words.ts'

/** An application as its applicant sees it, masked: the phone may be in another's hand. */
export async function viewOwn(tx: Tx, room: OfflineRoom, row: ApplicationRow): Promise<OfflineApplication> {
  return view(room.cipher, hospitalOf(room, tx), row, await documentsOf(tx, [row.id]))
}

export async function viewOwnOnes(
  tx: Tx,
  room: OfflineRoom,
  rows: readonly ApplicationRow[],
): Promise<OfflineApplication[]> {
  const documents = await documentsOf(
    tx,
    rows.map(({ id }) => id),
  )
  const hospital = hospitalOf(room, tx)
  return rows.map((row) =>
    view(
      room.cipher,
      hospital,
      row,
      documents.filter(({ application_id }) => application_id === row.id),
    ),
  )
}

function view(
  cipher: Cipher,
  { phone, refunds }: Hospital,
  row: ApplicationRow,
  documents: readonly DocumentHead[],
): OfflineApplication {
  const editable = takesDocuments(row.state)
  const demands = refunds.offline.documents[row.reason]
  const missing = editable
    ? missingDocuments(
        demands,
        documents.map(({ kind }) => kind),
      )
    : []
  return {
    ...{ id: row.id, reason: row.reason, reasonName: REASON_NAMES[row.reason] },
    ...{ state: row.state, title: STATE_NAMES[row.state] },
    message: messageOf(row, missing.length === 0, phone),
    said: openText(cipher, row.said, 'said'),
    applicant: maskApplicant(openApplicant(cipher, row)),
    patient: maskPatient(openPatient(cipher, row)),
    note: openText(cipher, row.note, 'note'),
    documents: documents.map((document) => ({
      ...{ id: document.id, kind: document.kind, kindName: DOCUMENT_NAMES[document.kind] },
      ...{ name: openFileName(cipher, document), contentType: document.content_type },
      ...{ sizeBytes: document.size_bytes, addedAtMs: document.added_at_ms },
    })),
    missing: missing.map(viewDemand),
    amountFen: row.amount_fen,
    payout: viewPayout(row),
    ...{ createdAtMs: row.created_at_ms, submittedAtMs: row.submitted_at_ms, movedAtMs: row.moved_at_ms },
    can: {
      changeDocuments: editable,
      submit: editable && missing.length === 0,
      withdraw: stateAfter(row.state, 'withdrawn') !== undefined,
    },
    phone,
  }
}

export function viewPayout(row: ApplicationRow): OfflineApplication['payout'] {
  const { payout_how: how, payout_voucher: voucher, paid_out_at_ms: atMs } = row
  return how && voucher && atMs !== null ? { how, howName: PAYOUT_NAMES[how], voucher, atMs } : null
}

export function maskApplicant({ name, idNumber, phone, relation }: Applicant): Applicant {
  return { name: maskName(name), idNumber: maskIdNumber(idNumber), phone: maskPhone(phone), relation }
}

export function maskPatient({ name, idNumber, cardNumber }: ApplicationPatient): ApplicationPatient {
  return {
    name: maskName(name),
    idNumber: idNumber && maskIdNumber(idNumber),
    cardNumber: cardNumber && maskCardNumber(cardNumber),
  }
}
