/*
 * The boundaries of docs/architecture.md, as rules. A path is relative to the checkout; packages that come from npm
 * are under node_modules, our own are followed to their sources.
 */

const tests = '(\\.(test|fuzz|contract|hostile)\\.tsx?$|/test/|/testing\\.ts$|^e2e/|^bench/)';
const npmPackage = (...names) => `node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'What is imported exists and is listed in a package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-deep-imports',
      comment: 'A package is used through its exports; its folders may change without asking.',
      severity: 'error',
      from: { path: '^(protocol|signalling|sfu|recordings|kiosk-widget|agent-console|launcher)/' },
      to: {
        path: '^(protocol|signalling|sfu|recordings|kiosk-widget|agent-console|launcher)/',
        pathNot: [
          '^$1/',
          '^protocol/src/(index|plain)\\.ts$',
          '^(signalling|sfu|recordings)/src/(index|testing|client/index|client/api|client/testing)\\.ts$',
        ],
      },
    },
    {
      name: 'protocol-stands-alone',
      comment: 'The protocol imports its schema library and nothing else, so that every side can use it.',
      severity: 'error',
      from: { path: '^protocol/src', pathNot: tests },
      to: { pathNot: ['^protocol/src', npmPackage('zod')] },
    },
    {
      name: 'no-schemas-in-the-widget',
      comment:
        'A schema library costs the kiosk 26 to 93 kB: what is loaded there takes types, and values from ./plain.',
      severity: 'error',
      // client/api.ts is the console's way to the HTTP routes; the widget opens sockets only.
      from: {
        path: '^(kiosk-widget/src|signalling/src/client|sfu/src/client)',
        pathNot: [tests, '^signalling/src/client/api\\.ts$'],
      },
      to: { path: [npmPackage('zod'), '^protocol/src/index\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sockets-at-the-edges',
      comment: 'Socket.IO is known to the gateway, the control link and the clients only.',
      severity: 'error',
      from: { pathNot: [tests, '/src/(gateway|link|client)/'] },
      to: { path: npmPackage('socket\\.io', 'socket\\.io-client', 'engine\\.io', 'engine\\.io-client') },
    },
    {
      name: 'mediasoup-in-its-place',
      comment: 'mediasoup is known to the workers, the rooms and the RTP tap only.',
      severity: 'error',
      from: { pathNot: [tests, '^sfu/src/(workers|room|tap)/', '^tools/worker/'] },
      to: { path: npmPackage('mediasoup') },
    },
    {
      name: 'mediasoup-client-in-its-place',
      comment: 'Browsers reach mediasoup-client through the client of the SFU only.',
      severity: 'error',
      from: { pathNot: [tests, '^sfu/src/client/'] },
      to: { path: npmPackage('mediasoup-client') },
    },
    {
      name: 'sql-in-adapters',
      comment: 'SQL and Redis are known to adapters and stores only; everything else speaks to a port.',
      severity: 'error',
      from: { pathNot: [tests, '/src/(adapters|store)/'] },
      to: { path: npmPackage('better-sqlite3', 'kysely', 'redis', 'ioredis', 'pg') },
    },
    {
      name: 'child-processes-in-their-place',
      comment: 'Only the launcher and captures start processes.',
      severity: 'error',
      from: { path: '^[^/]+/src/', pathNot: [tests, '^launcher/', '^recordings/src/capture/'] },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'page-recorder-in-the-widget',
      comment: 'Pages are recorded where they are, in the kiosk.',
      severity: 'error',
      from: { pathNot: [tests, '^kiosk-widget/'] },
      to: { path: npmPackage('@rrweb/record', 'rrweb') },
    },
    {
      name: 'page-replayer-in-the-console',
      comment: 'A replayed page is untrusted input; it is shown in the sandbox of the console only.',
      severity: 'error',
      from: { pathNot: [tests, '^agent-console/'] },
      to: { path: npmPackage('@rrweb/replay') },
    },
    {
      name: 'react-in-components',
      comment: 'What decides is plain TypeScript; React is for components and hooks.',
      severity: 'error',
      from: { pathNot: [tests, '\\.tsx$', '/use-[^/]+\\.ts$'] },
      to: { path: npmPackage('react', 'react-dom') },
    },
    {
      name: 'call-imports-no-sibling',
      comment: 'A call is what everything else is about, and knows none of it.',
      severity: 'error',
      from: { path: '^signalling/src/call/', pathNot: tests },
      to: { path: '^signalling/src/[^/]+/', pathNot: '^signalling/src/call/' },
    },
    {
      name: 'queue-and-agents-know-calls-only',
      comment: 'The queue and the agents may know calls, but not each other: the desk brings them together.',
      severity: 'error',
      from: { path: '^signalling/src/(queue|agents)/', pathNot: tests },
      to: { path: '^signalling/src/[^/]+/', pathNot: '^signalling/src/($1|call)/' },
    },
    {
      name: 'desk-knows-no-edge',
      comment: 'The desk decides; who asks, and where it is stored, is behind ports.',
      severity: 'error',
      from: { path: '^signalling/src/desk/', pathNot: tests },
      to: { path: '^signalling/src/(gateway|http|adapters|client)/' },
    },
    {
      name: 'only-the-root-composes',
      comment: 'Nobody imports the gateway or an adapter except the composition root, which stands beside the folders.',
      severity: 'error',
      from: { path: '^signalling/src/([^/]+)/', pathNot: [tests, '/adapters/'] },
      to: { path: '^signalling/src/(gateway|adapters)/', pathNot: '^signalling/src/$1/' },
    },
    {
      name: 'adapters-take-ports',
      comment:
        'An adapter knows the port it fulfils, which stands beside its consumer, and nothing that consumer does.',
      severity: 'error',
      from: { path: '^signalling/src/adapters/', pathNot: tests },
      to: { path: '^signalling/src/(gateway|http)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'clients-know-no-server',
      comment: 'A client runs in a browser and shares only the protocol with the server it stands beside.',
      severity: 'error',
      from: { path: '^(signalling|sfu|recordings)/src/client/', pathNot: tests },
      to: { path: '^$1/src/', pathNot: '^$1/src/client/' },
    },
    {
      name: 'browsers-have-no-node',
      comment: 'What is loaded by a browser imports nothing that only Node has.',
      severity: 'error',
      from: { path: '^(kiosk-widget/src|agent-console/src|[^/]+/src/client)', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'launcher-knows-no-role',
      comment: 'The launcher must live when a role does not: it imports none of them.',
      severity: 'error',
      from: { path: '^launcher/src/' },
      to: { path: '^(protocol|signalling|sfu|recordings)/' },
    },
    {
      name: 'no-tests-in-sources',
      comment: 'Test code is imported by tests only.',
      severity: 'error',
      from: { path: '^[^/]+/src/', pathNot: tests },
      to: { path: '(\\.(test|fuzz|contract|hostile)\\.tsx?$|/test/|^e2e/|^bench/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/dist-demo/|^data/|^\\.cache/)' },
    // TypeScript 7 has no programming interface yet; swc reads the imports, and which of them are types only.
    parser: 'swc',
    tsPreCompilationDeps: 'specify',
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
