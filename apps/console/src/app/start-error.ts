import { shallowRef } from 'vue'

/** Why the console could not be opened at all. */
export const startError = shallowRef<unknown>()
