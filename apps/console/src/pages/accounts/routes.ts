import type { RouteRecordRaw } from 'vue-router'

export const accountsRoutes: RouteRecordRaw[] = [
  {
    path: 'accounts',
    name: 'accounts',
    component: () => import('./accounts-page.vue'),
    meta: { title: '用户', permission: 'accounts.read' },
  },
  {
    path: 'accounts/roles',
    name: 'roles',
    component: () => import('./roles-page.vue'),
    meta: { title: '角色与权限', permission: 'accounts.read' },
  },
]
