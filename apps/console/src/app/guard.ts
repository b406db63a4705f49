import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router'
import { chosenHospital, rememberHospital } from '../session/hospital.ts'
import { isReady, loadSession, session } from '../session/session.ts'
import { startError } from './start-error.ts'

let isAsked = false

/** Nobody gets past the door without a finished sign-in; inside, every address says which hospital it is about. */
export async function guard(to: RouteLocationNormalized): Promise<NavigationGuardReturn> {
  try {
    if (!isAsked) await loadSession()
    isAsked = true
  } catch (error) {
    startError.value = error
    return false
  }
  if (to.name === 'sign-in') return isReady.value ? '/' : true
  if (!isReady.value) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  return withHospital(to)
}

function withHospital(to: RouteLocationNormalized): NavigationGuardReturn {
  const hospital = chosenHospital(to.query['hospital'])
  // With only one there is nothing to say.
  const wanted = session.value && session.value.hospitals.length > 1 ? hospital?.id : undefined
  if (wanted) rememberHospital(wanted)
  if (to.query['hospital'] === wanted) return true
  return { path: to.path, query: { ...to.query, hospital: wanted }, hash: to.hash, replace: true }
}
