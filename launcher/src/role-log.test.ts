import { describe, expect, it } from 'vitest';
import { readableWarning } from './role-log.ts';

describe('[LAUNCH-15] readableWarning', () => {
  it('shows warnings and errors with their reason', () => {
    expect(readableWarning('sfu', '{"level":40,"msg":"worker died"}')).toBe('sfu warning: worker died');
    expect(readableWarning('sfu', '{"level":50,"msg":"no room","err":{"message":"disk full"}}')).toBe(
      'sfu error: no room: disk full',
    );
  });

  it('is silent about what needs no person', () => {
    expect(readableWarning('sfu', '{"level":30,"msg":"ready"}')).toBeUndefined();
    expect(readableWarning('sfu', 'TypeError: x is not a function')).toBeUndefined();
    expect(readableWarning('sfu', '{"level":50')).toBeUndefined();
  });

  it('lets no message move the cursor or begin a line', () => {
    const line = JSON.stringify({ level: 40, msg: 'refused \u001b[2J\r\nFAKE' });
    expect(readableWarning('sfu', line)).toBe('sfu warning: refused  [2J FAKE');
  });
});
