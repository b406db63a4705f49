import type { RouteRecordRaw } from 'vue-router'

export const noticesRoutes: RouteRecordRaw[] = [
  {
    path: 'notices',
    name: 'notices',
    component: () => import('./notices-page.vue'),
    meta: { title: '消息', permission: 'notices.read' },
  },
]
