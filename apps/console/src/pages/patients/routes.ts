import type { RouteRecordRaw } from 'vue-router'

export const patientsRoutes: RouteRecordRaw[] = [
  {
    path: 'patients',
    name: 'patients',
    component: () => import('./patients-page.vue'),
    meta: { title: '患者', permission: 'patients.read' },
  },
]
