import { ID_TYPES, isIdType, maskIdNumber, maskName } from '@zhangyi/core'
import { type Html, html } from '../../kit/html.ts'
import type { PersonData } from '../cards/card.ts'

/** A person in one line or two, masked: enough to recognise one's family, not enough to copy. */
export function cardSummary({ name, relation, idType, idNumber }: PersonData): Html {
  const document = isIdType(idType) ? ID_TYPES[idType] : '其他证件'
  return html`<span class="row"><strong>${maskName(name)}</strong>${relation !== undefined && html`<span class="tag">${relationLabel(relation)}</span>`}</span>
<span class="muted">${document} ${maskIdNumber(idNumber)}</span>`
}

// The portal's sample says 1 for the card holder; other numbers are not public.
function relationLabel(relation: string): string {
  if (relation === '1') return '本人'
  return /^\d+$/.test(relation) ? '家人' : relation
}
