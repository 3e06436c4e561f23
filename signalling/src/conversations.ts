import type { DeskOutlet, Timers } from './desk/ports.ts';

/** States in which people talk to each other, or are about to. */
const talking = ['connecting', 'active', 'held'];

/** After the last call ended, its people are still told so and their requests are answered. */
const lastWordsMs = 200;

/** The desk's outlet, with an ear on it for the end of the last conversation: a process that stops waits for it. */
export function watchConversations(outlet: DeskOutlet, callsByState: () => Record<string, number>) {
  let onChange = () => {};
  const isQuiet = () => talking.every((state) => (callsByState()[state] ?? 0) === 0);
  return {
    outlet: {
      ...outlet,
      kioskCallChanged(...change: Parameters<DeskOutlet['kioskCallChanged']>) {
        outlet.kioskCallChanged(...change);
        onChange();
      },
    },
    /** Resolves when nobody talks any more, or when the time is over. */
    over(timers: Timers, timeoutMs: number): Promise<void> {
      if (isQuiet()) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = timers.after(timeoutMs, resolve);
        onChange = () => {
          if (!isQuiet()) return;
          cancel();
          timers.after(lastWordsMs, resolve);
        };
      });
    },
  };
}
