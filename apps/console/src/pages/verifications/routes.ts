import type { RouteRecordRaw } from 'vue-router'

const permission = 'verifications.read'

export const verificationsRoutes: RouteRecordRaw[] = [
  {
    path: 'verifications',
    name: 'verifications',
    component: () => import('./verifications-page.vue'),
    meta: { title: '核验', permission },
  },
  {
    path: 'verifications/face-checks',
    name: 'face-checks',
    component: () => import('./face-checks-page.vue'),
    meta: { title: '人脸核验', permission },
  },
  {
    path: 'verifications/grants',
    name: 'grants',
    component: () => import('./grants-page.vue'),
    meta: { title: '授权', permission },
  },
]
