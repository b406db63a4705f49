import type { RouteRecordRaw } from 'vue-router'

export const homeRoutes: RouteRecordRaw[] = [
  {
    path: '',
    name: 'home',
    component: () => import('./home-page.vue'),
    meta: { title: '首页', permission: 'home.read' },
  },
]
