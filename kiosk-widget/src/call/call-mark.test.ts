import type { CallId } from '@bangban/protocol';
import { describe, expect, it } from 'vitest';
import { createCallMarkStore } from './call-mark.ts';
import { installationOf } from './installation.ts';

function memory(content: Record<string, string> = {}) {
  return {
    content,
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => {
      content[key] = value;
    },
    removeItem: (key: string) => {
      delete content[key];
    },
  };
}
const forbidden = () => {
  throw new DOMException('storage is forbidden', 'SecurityError');
};

describe('the mark of a call', () => {
  const mark = { callId: 'call-0001' as CallId, muted: { microphone: true, camera: false } };

  it('[WIDGET-2] is read as it was written, and gone when it is cleared', () => {
    const storage = memory();
    const store = createCallMarkStore(() => storage);
    store.write(mark);
    expect(store.read()).toEqual(mark);
    store.clear();
    expect(store.read()).toBeNull();
    expect(storage.content).toEqual({});
  });

  it.each(['', 'null', '7', '{}', '{"callId":7}', '[', '{"callId":null,"muted":null}'])(
    '[WIDGET-6] is none when it is %j',
    (text) => {
      expect(createCallMarkStore(() => memory({ 'bangban.call': text })).read()).toBeNull();
    },
  );

  it('[WIDGET-6] mutes nothing when only that part is nonsense', () => {
    const store = createCallMarkStore(() => memory({ 'bangban.call': '{"callId":"call-0001","muted":3}' }));
    expect(store.read()).toEqual({ callId: 'call-0001', muted: { microphone: false, camera: false } });
  });

  it('[WIDGET-6] is none where storage is forbidden', () => {
    const store = createCallMarkStore(forbidden);
    store.write(mark);
    store.clear();
    expect(store.read()).toBeNull();
  });
});

describe('the installation', () => {
  it('[WIDGET-2] stays the same across page loads', () => {
    const storage = memory();
    const first = installationOf(
      () => storage,
      () => 'installation-1',
    );
    expect(
      installationOf(
        () => storage,
        () => 'installation-2',
      ),
    ).toBe(first);
  });

  it('[WIDGET-6] is made anew when the kept one is nonsense, and lasts for the page without storage', () => {
    expect(
      installationOf(
        () => memory({ 'bangban.installation': 'a b' }),
        () => 'installation-3',
      ),
    ).toBe('installation-3');
    expect(installationOf(forbidden, () => 'installation-4')).toBe('installation-4');
  });
});
