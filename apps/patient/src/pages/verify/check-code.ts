import type { FallbackInput, VerifyWay } from '../../api/verification-types.ts'
import type { Draft } from '../../flow/draft.ts'
import type { FieldRow } from '../../person-form/field-row.ts'
import { verifyCodeTexts as texts } from '../../texts/verify.ts'

/** The two ways that end on this page, and what each asks beside the code by SMS. */
export type CodeWay = Extract<VerifyWay, 'phone-code' | 'card-phone-code'>

export function codeWayOf(ways: readonly VerifyWay[]): CodeWay | undefined {
  return ways.find((way): way is CodeWay => way === 'phone-code' || way === 'card-phone-code')
}

/** Chinese keyboards write full-width digits; people copy a number with its blanks. */
function plain(text: string | undefined): string {
  const halfWidth = (text ?? '').replace(/[\uff01-\uff5e]/g, (one) =>
    String.fromCharCode(one.charCodeAt(0) - 0xfee0),
  )
  return halfWidth.replace(/\s/g, '').toUpperCase()
}

export function knownRow(way: CodeWay): FieldRow {
  return way === 'phone-code'
    ? {
        name: 'lastFour',
        label: texts.lastFour,
        // With the X, which a keyboard of digits lacks.
        kind: 'id-number',
        hint: texts.lastFourHint,
        maxlength: 4,
        required: true,
      }
    : {
        name: 'visitCard',
        label: texts.visitCard,
        kind: 'text',
        hint: texts.visitCardHint,
        maxlength: 40,
        required: true,
      }
}

export const codeRow: FieldRow = {
  name: 'code',
  label: texts.code,
  kind: 'code',
  hint: texts.codeHint,
  maxlength: 12,
  required: true,
}

export function codeProblem(name: string, draft: Draft): string | undefined {
  const value = plain(draft[name])
  switch (name) {
    case 'lastFour':
      return /^\d{3}[\dX]$/.test(value) ? undefined : texts.problems.lastFour
    case 'visitCard':
      return value === '' ? texts.problems.visitCard : undefined
    case 'code':
      return /^\d{4,8}$/.test(value) ? undefined : texts.problems.code
    default:
      return undefined
  }
}

export function fallbackInput(way: CodeWay, draft: Draft): FallbackInput {
  const known = way === 'phone-code' ? 'lastFour' : 'visitCard'
  return { code: plain(draft['code']), [known]: plain(draft[known]) }
}
