import { useQuery } from '@tanstack/vue-query'
import { accountsApi } from './accounts-api.ts'

export function useRoles() {
  const query = useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => accountsApi.roles(signal) })
  return {
    ...query,
    roleName: (role: string) => query.data.value?.roles.find((one) => one.role === role)?.name ?? role,
  }
}
