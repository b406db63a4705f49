import type { HospitalView } from '../api/types.ts'
import { isRecord } from '../platform/api-error.ts'
import { parseSearch } from '../platform/page-query.ts'
import { recall, remember, storageKey } from '../platform/storage.ts'
import { isH5 } from '../platform/target.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

const hospitalKey = storageKey(
  'hospital',
  (value): value is HospitalView =>
    isRecord(value) && ['id', 'name', 'phone', 'counter'].every((name) => isText(value[name])),
)

/** Kept, so that even a page that cannot reach the gateway has a phone number to offer. */
export function rememberHospital(hospital: HospitalView): void {
  remember(hospitalKey, hospital, 'forever')
}

export function knownHospital(): HospitalView | undefined {
  return recall(hospitalKey)
}

const entryKey = storageKey('entry', isText)

/**
 * Where one gateway serves several hospitals, the entry says which: on H5 `?hospital=` in the address of the
 * official account's menu, in a mini program a setting of its build.
 */
export function wantedHospital(): string | undefined {
  if (!isH5) return import.meta.env.VITE_ZHANGYI_HOSPITAL
  const named = parseSearch(window.location.search)['hospital']
  if (named !== undefined && /^[a-z0-9][a-z0-9-]{0,39}$/.test(named)) remember(entryKey, named, 'forever')
  return recall(entryKey)
}
