import type { EventTable } from '@bangban/protocol';
import type * as z from 'zod';

/** What to do with each event of a table; leaving one out does not compile. */
export type EventHandlers<Table extends EventTable> = {
  [Name in keyof Table]: (payload: z.output<Table[Name]>) => void;
};

/**
 * Connects an event table to its handlers on one socket. Events are never answered: one that does not fit its schema is
 * dropped and reported.
 */
export function bindEvents<Table extends EventTable>(options: {
  socket: { on(name: string, listener: (...args: unknown[]) => void): unknown };
  table: Table;
  handlers: EventHandlers<Table>;
  onMisfit(name: string): void;
  onBug(name: string, error: unknown): void;
}): void {
  for (const [name, schema] of Object.entries(options.table)) {
    const handle = options.handlers[name as keyof Table];
    options.socket.on(name, (payload) => {
      const parsed = schema.safeParse(payload);
      if (!parsed.success) return options.onMisfit(name);
      try {
        // The payload has the type that this very entry of the table promises to its handler.
        handle(parsed.data as never);
      } catch (error) {
        options.onBug(name, error);
      }
    });
  }
}
