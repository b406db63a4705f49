// Compiled, never run: the patient app's plain types of refunds must say exactly what the server's schemas say.
import type { z } from 'zod'
import type * as offlineApp from '../../apps/patient/src/api/offline-types.ts'
import type * as app from '../../apps/patient/src/api/refund-types.ts'
import type * as offline from '../../apps/server/src/refunds/offline/offline-views.ts'
import type * as refunds from '../../apps/server/src/refunds/refund-views.ts'
import type { Holds, Same } from './same.ts'

type Of<K extends keyof typeof refunds> = (typeof refunds)[K] extends z.ZodType<infer T> ? T : never
type OfOffline<K extends keyof typeof offline> = (typeof offline)[K] extends z.ZodType<infer T> ? T : never

export type Contract = [
  Holds<Same<app.Entries, Of<'entriesSchema'>>>,
  Holds<Same<app.OriginalOrders, Of<'originalOrdersSchema'>>>,
  Holds<Same<app.StartedCheck, Of<'startedCheckSchema'>>>,
  Holds<Same<app.Archives, Of<'archivesSchema'>>>,
  Holds<Same<app.FaceResult, Of<'faceResultSchema'>>>,
  Holds<Same<app.RefundCase<app.LegPhase>, Of<'caseSchema'>>>,
  Holds<Same<app.RefundCases<app.LegPhase>, Of<'casesSchema'>>>,
  Holds<Same<app.Receiving, Of<'receivingSchema'>>>,
  Holds<Same<offlineApp.OfflineForm, OfOffline<'offlineFormSchema'>>>,
  Holds<Same<offlineApp.OfflineApplication, OfOffline<'offlineApplicationSchema'>>>,
  Holds<Same<offlineApp.NewApplication, OfOffline<'applicationInputSchema'>>>,
  Holds<Same<offlineApp.NewDocument, OfOffline<'documentInputSchema'>>>,
]
