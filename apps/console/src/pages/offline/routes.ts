import type { RouteRecordRaw } from 'vue-router'

export const offlineRoutes: RouteRecordRaw[] = [
  {
    path: 'offline',
    name: 'offline',
    component: () => import('./offline-page.vue'),
    meta: { title: '线下申请', permission: 'offline.read' },
  },
]
