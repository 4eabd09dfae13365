/**
 * Who may import whom. Each rule has a planted fault in tests/static/canaries that must be caught.
 * Cycles are held by oxlint (import/no-cycle), which tells imports of types from imports of values.
 */
const tests = String.raw`\.(test|kit)\.tsx?$|/testing/|^libs/testing/|^libs/access/src/slow-|^(tests|bench)/`;
const ours = '^(apps|libs)/';
const domains = 'chat|directory|docs|drive|meet|notify';

const forbidden = [
  {
    name: 'app-never-imports-app',
    comment: 'Apps meet on the wire (libs/contract) or in the database (libs/access), never in code.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'lib-never-imports-app',
    comment: 'A lib that knows an app cannot be used by another.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'portal-is-outside',
    comment: 'The portal has no database and no secret: it asks the services.',
    from: { path: '^apps/portal/', pathNot: tests },
    to: { path: '^libs/(server|access|testing)/|/node_modules/(pg|typeorm|@nestjs|fastify|@redis|minio)/' },
  },
  {
    name: 'contract-is-zod-only',
    comment: 'The contract runs anywhere.',
    from: { path: '^libs/contract/src/', pathNot: tests },
    to: { pathNot: '^libs/contract/src/|^node_modules/zod/' },
  },
  {
    name: 'ui-knows-no-domain',
    comment: 'The design system has no fetch and no domain word.',
    from: { path: '^libs/ui/src/', pathNot: tests },
    to: { path: ours, pathNot: '^libs/ui/' },
  },
  {
    name: 'access-stands-alone',
    comment: 'SQL and its rules; the database driver is all it needs.',
    from: { path: '^libs/access/src/', pathNot: tests },
    to: { pathNot: '^libs/access/|^node_modules/(@types/)?pg/', dependencyTypesNot: ['core'] },
  },
  {
    name: 'document-stands-alone',
    comment: 'One schema for all readers, on the server and in the browser.',
    from: { path: '^libs/document/src/', pathNot: tests },
    to: { path: ours, pathNot: '^libs/document/' },
  },
  {
    name: 'slice-keeps-its-doors',
    comment: 'Controllers, sockets and entities belong to their slice; others ask its service.',
    from: { path: `^apps/(${domains})/src/([^/]+)/`, pathNot: tests },
    to: {
      path: String.raw`^apps/$1/src/[^/]+/[^/]+\.(controller|socket|entity)\.ts$`,
      pathNot: '^apps/$1/src/$2/',
    },
  },
  {
    name: 'ground-floor',
    comment:
      'The document log and the store of files are built upon; they know nothing of what stands on them.',
    from: { path: '^apps/(docs/src/log|drive/src/store)/', pathNot: tests },
    to: { path: '^apps/', pathNot: '^apps/$1/|^apps/[^/]+/src/(service|settings|database)[.]ts$' },
  },
  {
    name: 'nothing-imports-tests',
    comment: 'What people run holds no test code.',
    from: { path: '^(apps|libs)/[^/]+/src/', pathNot: tests },
    to: { path: `${tests}|^node_modules/(vitest|fast-check|playwright-core|@axe-core)/` },
  },
  {
    name: 'no-orphan',
    comment: 'A file that nobody imports and that imports nobody is dead.',
    from: {
      orphan: true,
      path: String.raw`^(apps|libs)/.*\.tsx?$`,
      pathNot: String.raw`\.d\.ts$|/version\.ts$`,
    },
    to: {},
  },
  {
    name: 'resolves',
    comment: 'An import that leads nowhere would blind all other rules.',
    from: { path: ours },
    to: { couldNotResolve: true, pathNot: '^(server-only|react-aria-components/)' },
  },
];

export default {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: String.raw`(^|/)(dist|\.next)/` },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
