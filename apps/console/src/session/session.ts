import { computed, shallowRef } from 'vue'
import { ApiError } from '../api/api-error.ts'
import { type Session, sessionApi } from './session-api.ts'

/** Undefined: not signed in, or not asked yet. */
export const session = shallowRef<Session>()

export const isReady = computed(() => session.value?.stage === 'ready')

/** Asks the server who is signed in; nobody is an answer too. */
export async function loadSession(): Promise<Session | undefined> {
  try {
    session.value = await sessionApi.read()
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    session.value = undefined
  }
  return session.value
}

export function can(permission: string): boolean {
  return session.value?.permissions.includes(permission) ?? false
}
