import type { PatientView } from '../api/types.ts'
import { cardTexts } from '../texts/common.ts'
import { cardActions } from '../texts/home.ts'

/** What stands on the face of a patient's card: the national health card, or the hospital's own without it. */
export function cardFace(patient: PatientView, hospitalName: string) {
  return {
    maskedName: patient.name,
    maskedNumber: patient.idNumber,
    numberLabel: `${patient.idType} `,
    issuer: patient.card === 'linked' ? cardTexts.issuer : cardTexts.visitCardOf(hospitalName),
    extra: patient.visitCard === null ? '' : cardTexts.visitCard(patient.visitCard),
    verified: patient.verified,
    relation: patient.isDefault ? `${patient.relation} · ${cardTexts.defaultPatient}` : patient.relation,
  }
}

/** What the card's own button says; empty where there is no code to show. */
export function cardAction(patient: PatientView): string {
  if (patient.card === 'linked') return cardActions.showCode
  return patient.visitCard === null ? '' : cardActions.showVisitCard
}

/** The state of the health card in words. */
export function cardState(patient: PatientView): { readonly text: string; readonly kind: 'ok' | 'warn' } {
  switch (patient.card) {
    case 'linked':
      return { text: cardTexts.linked, kind: 'ok' }
    case 'offered-later':
      return { text: cardTexts.offeredLater, kind: 'warn' }
    case 'none':
      return { text: cardTexts.none, kind: 'warn' }
  }
}
