import type { RouteRecordRaw } from 'vue-router'

export const callbacksRoutes: RouteRecordRaw[] = [
  {
    path: 'callbacks',
    name: 'callbacks',
    component: () => import('./callbacks-page.vue'),
    meta: { title: '平台回调', permission: 'callbacks.read' },
  },
]
