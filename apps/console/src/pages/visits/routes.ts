import type { RouteRecordRaw } from 'vue-router'

export const visitsRoutes: RouteRecordRaw[] = [
  {
    path: 'visits',
    name: 'visits',
    component: () => import('./visits-page.vue'),
    meta: { title: '挂号与缴费', permission: 'visits.read' },
  },
]
