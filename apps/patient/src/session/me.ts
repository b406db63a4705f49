import { computed, shallowRef } from 'vue'
import { getMe } from '../api/me.ts'
import type { HospitalView, MeView } from '../api/types.ts'
import { allowWebHosts } from '../platform/allowed-hosts.ts'
import type { ApiResult } from '../platform/api-error.ts'
import { knownHospital, rememberHospital } from './hospital.ts'

const me = shallowRef<MeView>()

/** One state for all pages; `loadMe` fills it. */
export const currentMe = computed(() => me.value)

/** Asks the gateway who the person is; everything that depends on the answer is set here. */
export async function loadMe(ask = getMe): Promise<ApiResult<MeView>> {
  const result = await ask()
  if (result.ok) takeMe(result.data)
  return result
}

/** For pages that only need to know the hospital or what is allowed: the last answer, or a new one. */
export async function ensureMe(ask = getMe): Promise<ApiResult<MeView>> {
  return me.value ? { ok: true, data: me.value } : loadMe(ask)
}

function takeMe(view: MeView): void {
  me.value = view
  rememberHospital(view.hospital)
  allowWebHosts(view.platformHosts, view.developmentBridge)
}

/** The hospital for phone and counter, also while the gateway is out of reach. */
export function hospitalNow(): HospitalView | undefined {
  return me.value?.hospital ?? knownHospital()
}
