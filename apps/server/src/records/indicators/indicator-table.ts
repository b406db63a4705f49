import type { IndicatorTable } from './indicator-entry.ts'
import { BLOOD_COUNT } from './table/blood-count.ts'
import { CHECK_UP, VITAMIN_D } from './table/check-up.ts'
import { ELECTROLYTES } from './table/electrolytes.ts'
import { CLOTTING, HEART } from './table/heart-and-clotting.ts'
import { INFLAMMATION, IRON } from './table/inflammation-and-iron.ts'
import { GLUCOSE, LIPIDS } from './table/lipids-and-glucose.ts'
import { KIDNEY, LIVER } from './table/liver-and-kidney.ts'
import { HEPATITIS_B, THYROID } from './table/thyroid-and-hepatitis.ts'
import { TUMOUR_MARKERS } from './table/tumour-markers.ts'
import { URINE } from './table/urine.ts'

/**
 * What comes with the gateway. A new version with every change of a word; `reviewedBy` and `reviewedOn` name the
 * physician who signed that version, and nobody else fills them in.
 */
export const INDICATOR_TABLE: IndicatorTable = {
  version: '2026-11',
  reviewedBy: '待医院医师审核',
  reviewedOn: null,
  source: '按通行的医学常识写成的通俗说明，不含参考范围；参考范围以报告上的为准',
  entries: [
    ...BLOOD_COUNT,
    ...URINE,
    ...LIVER,
    ...KIDNEY,
    ...LIPIDS,
    ...GLUCOSE,
    ...ELECTROLYTES,
    ...HEART,
    ...CLOTTING,
    ...THYROID,
    ...HEPATITIS_B,
    ...TUMOUR_MARKERS,
    ...INFLAMMATION,
    ...IRON,
    ...CHECK_UP,
    ...VITAMIN_D,
  ],
}
