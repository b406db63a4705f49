import { computed, ref, watchEffect } from 'vue'
import { keep, kept } from './storage.ts'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = ref(system.matches)
system.addEventListener('change', ({ matches }) => (isSystemDark.value = matches))

export const theme = ref<Theme>(kept<Theme>(KEY) ?? 'system')

export const isDark = computed(() => (theme.value === 'system' ? isSystemDark.value : theme.value === 'dark'))

watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value))

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  keep(KEY, chosen)
}
