import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useHospital } from '../../session/hospital.ts'

/** What happens to accounts belongs to no hospital: the server keeps it under this name. */
const INSTALLATION = 'installation'

/** Whose audit is looked at: the chosen hospital's, or that of accounts and sign-ins. */
export function useAudited() {
  const route = useRoute()
  const { hospital, hospitalId } = useHospital()
  const current = computed(() => (route.query['of'] === INSTALLATION ? INSTALLATION : 'hospital'))
  return {
    current,
    audited: computed(() => (current.value === INSTALLATION ? INSTALLATION : hospitalId.value)),
    tabs: computed(() => [
      { key: 'hospital', text: hospital.value?.name ?? '医院', to: { name: 'audit' } },
      { key: INSTALLATION, text: '账号和登录', to: { name: 'audit', query: { of: INSTALLATION } } },
    ]),
  }
}
