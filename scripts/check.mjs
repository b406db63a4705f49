// Types, format, lint and boundaries. Part of `npm test`; alone it is the quick check before a commit.
import { stepsTogether } from './step.mjs'

// The longest first: each uses one core.
await stepsTogether([
  ['类型，和没有人等的 promise', 'node', ['scripts/check-types.mjs']],
  ['类型（控制台）', 'npm', ['run', 'types', '-w', 'apps/console', '--silent']],
  ['类型（患者端）', 'npm', ['run', 'types', '-w', 'apps/patient', '--silent']],
  ['类型（浏览器测试）', 'node', ['scripts/check-types.mjs', 'tests/browser/tsconfig.json']],
  [
    '依赖方向',
    'depcruise',
    [
      ...['packages', 'apps/server/src', 'apps/sandbox/src', 'apps/cli/src', 'tests'],
      ...['--config', '.dependency-cruiser.cjs'],
    ],
  ],
  ['格式与规范', 'biome', ['check', '--error-on-warnings', '.']],
])
