import { type Ref, readonly, ref } from 'vue'
import { recall, remember, storageKey } from './storage.ts'

const elderKey = storageKey('elder', (value): value is boolean => typeof value === 'boolean')
const elder = ref(false)

/** One state for all pages: zy-page reads it and sets the class, since a mini program has no root element. */
export function useElderMode(): Readonly<Ref<boolean>> {
  return readonly(elder)
}

export function restoreElderMode(): void {
  elder.value = recall(elderKey) ?? false
}

export function setElderMode(on: boolean): void {
  elder.value = on
  // A matter of eyesight, not of a session.
  remember(elderKey, on, 'forever')
}
