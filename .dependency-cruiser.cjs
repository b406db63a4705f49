// Dependencies run one way: rooms → platform and clients → core. Among rooms only the edges of this table.
const ROOMS = [
  'onboarding',
  'patients',
  'enrolment',
  'usage',
  'visits',
  'card-code',
  'verification',
  'records',
  'acceptance',
  'inspection',
  'payments',
  'refunds',
  'reconciliation',
  'notices',
]
const MAY_USE = {
  verification: ['patients'],
  enrolment: ['patients', 'verification'],
  'card-code': ['patients', 'verification', 'usage'],
  records: ['patients', 'verification', 'usage'],
  refunds: ['patients', 'verification', 'payments', 'notices'],
  usage: ['patients'],
  visits: ['patients', 'usage', 'payments', 'notices'],
  reconciliation: ['payments'],
}
const room = (name) => `^apps/server/src/${name}/`

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.(test|config)\\.ts$',
          '/index\\.ts$',
          '\\.d\\.ts$',
          '^bench/',
          '^tests/',
          '^apps/patient/',
          '^packages/[^/]+/examples/',
        ],
      },
      to: {},
    },
    {
      name: 'core-knows-nobody',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(apps|packages)/', pathNot: '^packages/core/' },
    },
    {
      name: 'clients-know-only-core',
      severity: 'error',
      from: { path: '^packages/(health-card|wechat|wechat-pay|his)/' },
      to: { path: '^(apps|packages)/', pathNot: ['^packages/core/', '^packages/$1/'] },
    },
    {
      name: 'platform-knows-no-room',
      severity: 'error',
      from: { path: '^apps/server/src/platform/' },
      to: { path: '^apps/server/src/(?!platform/)' },
    },
    {
      name: 'server-knows-no-sandbox',
      severity: 'error',
      from: { path: '^apps/server/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/(sandbox|cli|patient)/' },
    },
    {
      name: 'sandbox-knows-no-server',
      severity: 'error',
      from: { path: '^apps/sandbox/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/(server|cli|patient)/' },
    },
    ...ROOMS.map((name) => ({
      name: `${name}-uses-only-its-neighbours`,
      severity: 'error',
      from: { path: room(name) },
      to: {
        path: `^apps/server/src/(${ROOMS.filter((other) => other !== name && !(MAY_USE[name] ?? []).includes(other)).join('|')})/`,
      },
    })),
    ...ROOMS.map((name) => ({
      name: `${name}-is-entered-by-its-index`,
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: room(name) },
      to: { path: `^apps/server/src/${name}/(?!index\\.ts)` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '\\.vue$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
}
