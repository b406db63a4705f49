import { computed, ref, shallowRef } from 'vue'
import type { PaidFee } from '../../api/visit-types.ts'
import { listPaidFees } from '../../api/visits.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { momentWords } from '../../visitor/day-words.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { yuan } from '../../visitor/yuan.ts'
import { itemRows } from '../shared/visit-words.ts'

export type PaidFeesParts = {
  readonly payments: typeof listPaidFees
  readonly openFees: (patientId: string) => Promise<boolean>
  readonly visitor?: VisitorParts
}
const live: PaidFeesParts = {
  payments: listPaidFees,
  openFees: (patientId) => openPage(routes.pendingFees, { patientId }),
}

export function usePaidFees(parts: PaidFeesParts = live) {
  const payments = shallowRef<readonly PaidFee[]>()
  const opened = ref<readonly string[]>([])
  const visitor = useVisitor(load, parts.visitor)

  async function load(patientId: string): Promise<ApiError | undefined> {
    payments.value = undefined
    opened.value = []
    const result = await parts.payments(patientId)
    // An answer for a patient who is not shown any more.
    if (visitor.patient.value?.id !== patientId) return undefined
    if (result.ok) payments.value = result.data.payments
    return result.ok ? undefined : result.error
  }

  return {
    visitor,
    payments,
    isEmpty: computed(() => payments.value?.length === 0),
    rows: computed(() =>
      (payments.value ?? []).map((one, index) => ({
        ...rowOf(one, String(index)),
        expanded: opened.value.includes(String(index)),
      })),
    ),
    fold(id: string): void {
      opened.value = opened.value.includes(id)
        ? opened.value.filter((one) => one !== id)
        : [...opened.value, id]
    },
    openFees: () => visitor.open(() => parts.openFees(visitor.patient.value?.id ?? '')),
  }
}

function rowOf(
  { title, departmentName, amountFen, paidAt, receiptNumber, guidance, items }: PaidFee,
  id: string,
) {
  return {
    id,
    title,
    amount: yuan(amountFen),
    guidance: guidance ?? '',
    facts: [
      { label: texts.department, value: departmentName },
      { label: texts.paidAt, value: momentWords(paidAt) },
      ...(receiptNumber === null ? [] : [{ label: texts.receipt, value: receiptNumber }]),
    ],
    items: itemRows(items),
  }
}
