import type { RouteRecordRaw } from 'vue-router'

export const ownAccountRoutes: RouteRecordRaw[] = [
  {
    path: 'account',
    name: 'own-account',
    component: () => import('./own-account-page.vue'),
    meta: { title: '我的账号', permission: 'home.read' },
  },
]
