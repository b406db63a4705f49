import { maskName } from '@zhangyi/core'
import type { Cipher } from '../../../platform/crypto/cipher.ts'
import type { Tx } from '../../../platform/database/tx.ts'
import type { Hospital } from '../../../platform/hospitals/hospitals.ts'
import { archiveOfRefund, archivesOfPerson } from '../../ledger/archives-of-person.ts'
import { documentsOf } from '../documents.ts'
import { missingDocuments, viewDemand } from '../missing-documents.ts'
import {
  type ApplicationRow,
  type OfflineTables,
  openApplicant,
  openPatient,
  openText,
} from '../offline-row.ts'
import { stateAfter } from '../offline-states.ts'
import type { OfflineConsole } from '../room.ts'
import { maskApplicant, maskPatient, viewPayout } from '../view-application.ts'
import { DOCUMENT_NAMES, HAPPENING_NAMES, REASON_NAMES, STATE_NAMES } from '../words.ts'
import type { Listed, One } from './console-views.ts'

const MAX_SAME = 20

export function viewListed(cipher: Cipher, row: ApplicationRow): Listed {
  const { proposed_by: by, proposed_fen: amountFen, proposed_at_ms: atMs } = row
  return {
    ...{ id: row.id, reason: row.reason, reasonName: REASON_NAMES[row.reason] },
    ...{ state: row.state, stateName: STATE_NAMES[row.state] },
    applicantName: maskName(openApplicant(cipher, row).name),
    patientName: maskName(openPatient(cipher, row).name),
    reviewer: row.reviewer,
    proposal: by !== null && amountFen !== null && atMs !== null ? { by, amountFen, atMs } : null,
    amountFen: row.amount_fen,
    // Whoever lists or opens has asked for submitted ones.
    ...{ submittedAtMs: row.submitted_at_ms ?? row.created_at_ms, movedAtMs: row.moved_at_ms },
  }
}

export async function viewOne(
  tx: Tx,
  { cipher, clock }: OfflineConsole,
  { refunds }: Hospital,
  row: ApplicationRow,
  unmasked = false,
): Promise<One> {
  const documents = await documentsOf(tx, [row.id])
  const applicant = openApplicant(cipher, row)
  const patient = openPatient(cipher, row)
  const may = (happening: Parameters<typeof stateAfter>[1]) => stateAfter(row.state, happening) !== undefined
  return {
    ...viewListed(cipher, row),
    unmasked,
    applicant: unmasked ? applicant : maskApplicant(applicant),
    patient: unmasked ? patient : maskPatient(patient),
    hasNote: row.note !== null,
    note: unmasked ? openText(cipher, row.note, 'note') : null,
    said: openText(cipher, row.said, 'said'),
    documents: documents.map((document) => ({
      ...{ id: document.id, kind: document.kind, kindName: DOCUMENT_NAMES[document.kind] },
      ...{ contentType: document.content_type, sizeBytes: document.size_bytes },
      addedAtMs: document.added_at_ms,
    })),
    missing: missingDocuments(
      refunds.offline.documents[row.reason],
      documents.map(({ kind }) => kind),
    ).map(viewDemand),
    payout: viewPayout(row),
    ledger: {
      patid: row.state === 'paid-out' ? ((await archiveOfRefund(tx, row.id)) ?? null) : null,
      archives:
        row.state === 'approved' ? [...(await archivesOfPerson(tx, cipher, patient, clock.nowMs()))] : [],
    },
    steps: await stepsOf(tx, cipher, row),
    samePatient: await samePatient(tx, row),
    secondFromFen: refunds.offline.reviewSecondFromFen,
    can: {
      ...{ take: may('taken'), ask: may('asked'), approve: may('approved'), reject: may('rejected') },
      ...{ reopen: may('reopened'), payOut: may('paid-out') },
    },
  }
}

async function stepsOf(tx: Tx, cipher: Cipher, { id }: ApplicationRow): Promise<One['steps']> {
  const steps = await tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_step')
    .selectAll()
    .where('hospital_id', '=', tx.hospitalId)
    .where('application_id', '=', id)
    .orderBy('step')
    .execute()
  return steps.map(({ happening, actor, said, amount_fen: amountFen, at_ms: atMs }) => ({
    ...{ happening, name: HAPPENING_NAMES[happening] },
    actor: actor.startsWith('operator:') ? actor.slice('operator:'.length) : '申请人',
    ...{ said: openText(cipher, said, 'said'), amountFen, atMs },
  }))
}

/** Other applications for whom this one is for, by document or card. */
async function samePatient(tx: Tx, row: ApplicationRow): Promise<One['samePatient']> {
  const { patient_id_index: byId, patient_card_index: byCard } = row
  const others = await tx.sql
    .withTables<OfflineTables>()
    .selectFrom('offline_application')
    .select(['id', 'state', 'amount_fen as amountFen', 'submitted_at_ms as submittedAtMs'])
    .where('hospital_id', '=', tx.hospitalId)
    .where('id', '<>', row.id)
    .where('submitted_at_ms', 'is not', null)
    .where((where) =>
      where.or([
        ...(byId ? [where('patient_id_index', '=', byId)] : []),
        ...(byCard ? [where('patient_card_index', '=', byCard)] : []),
      ]),
    )
    .orderBy('submitted_at_ms', 'desc')
    .limit(MAX_SAME)
    .execute()
  return others.map((one) => ({
    ...{ id: one.id, state: one.state, stateName: STATE_NAMES[one.state], amountFen: one.amountFen },
    submittedAtMs: one.submittedAtMs ?? 0,
  }))
}
