import type { OfflineApplication } from '../../api/offline-types.ts'
import type { Archives, RefundCase } from '../../api/refund-types.ts'
import { handOver } from '../../flow/handed-view.ts'

const refunds = handOver<RefundCase>()
/** A page that has just made a refund hands it to the refund's page. */
export const handCase = refunds.hand
export const takeHandedCase = refunds.take

/** What a face check brought, by the check's id. */
const found = handOver<{ readonly id: string; readonly archives: Archives }>()
export const handArchives = found.hand
export const takeHandedArchives = (checkId: string): Archives | undefined => found.take(checkId)?.archives

const applications = handOver<OfflineApplication>()
export const handApplication = applications.hand
export const takeHandedApplication = applications.take
