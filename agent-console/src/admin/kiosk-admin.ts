import type { KioskAdminView, KioskId } from '@bangban/protocol';
import { type Problem, toProblem } from '../errors/problem.ts';
import { createStore, type Readable } from '../ui/store.ts';

/** What the kiosk page asks of the HTTP API. Rejects with an `AssistError`. */
export type KioskAdminApi = {
  listKiosks(): Promise<{ kiosks: KioskAdminView[] }>;
  createEnrolmentCode(kioskId: KioskId): Promise<{ code: string; expiresInSeconds: number }>;
  revokeKiosk(kioskId: KioskId): Promise<KioskAdminView>;
};

/** A code as it is shown once; it cannot be shown again. */
export type ShownCode = { kiosk: KioskAdminView; code: string; expiresAtMs: number };

export type KioskAdminState = {
  list: 'loading' | 'loaded' | 'failed';
  kiosks: readonly KioskAdminView[];
  /** The kiosk that a command is being done to. */
  busy: KioskId | null;
  code: ShownCode | null;
  problem: Problem | null;
};

/** The kiosks, as an admin looks after them. */
export type KioskAdminController = Readable<KioskAdminState> & {
  reload(): Promise<void>;
  createCode(kiosk: KioskAdminView): Promise<void>;
  /** The code leaves the screen and the memory of the page. */
  forgetCode(): void;
  revoke(kiosk: KioskAdminView): Promise<void>;
  dismissProblem(): void;
};

/** @param parts.monotonicMs milliseconds since some point (`performance.now`); expiry is counted on it */
export function createKioskAdmin(parts: { api: KioskAdminApi; monotonicMs(): number }): KioskAdminController {
  const { api, monotonicMs } = parts;
  const store = createStore<KioskAdminState>({ list: 'loading', kiosks: [], busy: null, code: null, problem: null });
  const show = (facts: Partial<KioskAdminState>) => store.set({ ...store.get(), ...facts });

  const reload = async () => {
    try {
      const { kiosks } = await api.listKiosks();
      show({ list: 'loaded', kiosks, problem: null });
    } catch (thrown) {
      // A list that was there once stays: old and marked is better than empty.
      show({ list: store.get().list === 'loaded' ? 'loaded' : 'failed', problem: toProblem(thrown) });
    }
  };

  const doTo = async (kiosk: KioskAdminView, work: () => Promise<Partial<KioskAdminState>>) => {
    if (store.get().busy !== null) return;
    show({ busy: kiosk.kioskId, problem: null });
    try {
      show({ ...(await work()), busy: null });
    } catch (thrown) {
      show({ busy: null, problem: toProblem(thrown) });
    }
  };

  void reload();

  return {
    get: store.get,
    subscribe: store.subscribe,
    reload,
    createCode: (kiosk) =>
      doTo(kiosk, async () => {
        const { code, expiresInSeconds } = await api.createEnrolmentCode(kiosk.kioskId);
        return { code: { kiosk, code, expiresAtMs: monotonicMs() + expiresInSeconds * 1_000 } };
      }),
    forgetCode: () => show({ code: null }),
    revoke: (kiosk) =>
      doTo(kiosk, async () => {
        const changed = await api.revokeKiosk(kiosk.kioskId);
        return {
          kiosks: store.get().kiosks.map((one) => (one.kioskId === changed.kioskId ? changed : one)),
        };
      }),
    dismissProblem: () => show({ problem: null }),
  };
}
