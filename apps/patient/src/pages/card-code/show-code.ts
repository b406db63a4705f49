import type { PatientView } from '../../api/types.ts'
import { openProtected } from '../../flow/open-protected.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'

/**
 * Opens a patient's code: the health card's after a verification. Without a health card there is nothing to
 * verify for, so the visit card's code opens at once. False: the page did not open.
 */
export function showCode(patient: Pick<PatientView, 'id' | 'card'>): Promise<boolean> {
  const patientId = patient.id
  return patient.card === 'linked'
    ? openProtected('card-code', { patientId })
    : openPage(routes.cardCode, { patientId })
}
