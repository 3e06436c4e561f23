/** A list nested this deep overflows a careless recursion. */
function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = { callId: value, deeper: [value] };
  return value;
}

/** FAULTS D2: what no schema of a request that carries something takes. */
export const hostilePayloads: readonly unknown[] = [
  null,
  undefined,
  '',
  0,
  -0,
  2 ** 53,
  true,
  'call-1',
  [],
  [[]],
  ['call-1', 'call-2'],
  { callId: null },
  { callId: 'call-1', commandId: null },
  { callId: ['call-1'], commandId: 'command-1' },
  { callId: { toString: 'call-1' }, commandId: 'command-1' },
  { callId: '../../etc/passwd', commandId: 'command-1' },
  { callId: 'call-1\u0000', commandId: 'command-1' },
  { callId: '\ud800\udc00\ud800', commandId: 'command-1' },
  { callId: 'x'.repeat(65), commandId: 'command-1' },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  { epoch: Number.MAX_SAFE_INTEGER, callId: 'call-1\n' },
  { epoch: 1e308, callId: 'c' },
  nested(12),
  Array.from({ length: 300 }, (_, index) => index),
];

/**
 * FAULTS D1: Engine.IO and Socket.IO packets that mean nothing, or mean harm, as they go over a WebSocket. `/kiosk` has
 * not been entered when they arrive.
 */
export const malformedPackets: readonly (string | Uint8Array)[] = [
  '',
  '4',
  '9',
  '40',
  '40/kiosk',
  '40/kiosk,',
  '40/kiosk,{',
  '40/kiosk,null',
  '40/kiosk,[]',
  '40/kiosk,"text"',
  '40/nowhere,{}',
  '40/__proto__,{}',
  '42',
  '42["call:request"',
  '42["call:request",{}]',
  '42/kiosk,1["call:request",null]',
  '43/kiosk,0[]',
  '451-["x",{"_placeholder":true,"num":0}]',
  '4599999-["x",{"_placeholder":true,"num":99999}]',
  '451-["x",{"_placeholder":true,"num":"splice"}]',
  '42[{"toString":"x"}]',
  '42["__proto__",{"polluted":true}]',
  '44{"message":"x"}',
  '3probe',
  '2probe',
  '5',
  '6',
  'b4AAAA',
  '\u0000\u0001\u0002',
  '{"not":"a packet"}',
  new Uint8Array([0, 1, 2, 255]),
  new Uint8Array(1_000),
];
