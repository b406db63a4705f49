import type { RouteRecordRaw } from 'vue-router'

export const campaignsRoutes: RouteRecordRaw[] = [
  {
    path: 'campaigns',
    name: 'campaigns',
    component: () => import('./campaigns-page.vue'),
    meta: { title: '余额通知', permission: 'campaigns.read' },
  },
]
