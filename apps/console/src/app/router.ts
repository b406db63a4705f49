import { createRouter, createWebHistory } from 'vue-router'
import { guard } from './guard.ts'
import { reloadOnce } from './reload-once.ts'
import { routes } from './routes.ts'
import { startError } from './start-error.ts'

export const router = createRouter({ history: createWebHistory('/console/'), routes })

router.beforeEach(guard)
// A page that no longer lies on the server belongs to an older build: the new one comes with a full load.
router.onError((error, to) => {
  if (!reloadOnce(router.resolve(to.fullPath).href)) startError.value = error
})
