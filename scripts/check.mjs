// Types, format, lint and boundaries. Part of `npm test`; alone it is the quick check before a commit.
import { step } from './step.mjs'

step('类型，和没有人等的 promise', 'node', ['scripts/check-types.mjs'])
step('类型（浏览器测试）', 'tsc', ['-p', 'tests/browser'])
step('类型（患者端）', 'npm', ['run', 'types', '-w', 'apps/patient', '--silent'])
step('类型（控制台）', 'npm', ['run', 'types', '-w', 'apps/console', '--silent'])
step('格式与规范', 'biome', ['check', '--error-on-warnings', '.'])
step('依赖方向', 'depcruise', [
  'packages',
  'apps/server/src',
  'apps/sandbox/src',
  'apps/cli/src',
  'tests',
  '--config',
  '.dependency-cruiser.cjs',
])
