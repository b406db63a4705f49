import type { DocumentDemands, DocumentKind } from '../../platform/hospitals/offline-config.ts'
import type { Demand } from './offline-views.ts'
import { DOCUMENT_NAMES } from './words.ts'

/** The demands that none of the documents meets. */
export function missingDocuments(demands: DocumentDemands, present: Iterable<DocumentKind>): DocumentDemands {
  const kinds = new Set(present)
  return demands.filter((anyOf) => !anyOf.some((kind) => kinds.has(kind)))
}

export function viewDemand(anyOf: readonly DocumentKind[]): Demand {
  return {
    text: anyOf.map((kind) => DOCUMENT_NAMES[kind]).join('或'),
    anyOf: anyOf.map((kind) => ({ kind, name: DOCUMENT_NAMES[kind] })),
  }
}
