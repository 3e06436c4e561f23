/** What a role tells its launcher over the channel between them. */

/** A demo account; the password is there only when it was made in this start. */
export type DemoAccount = { user: string; role: string; password?: string };

/** What a role has to say for itself once it serves. */
export type ReadyInfo = {
  /** Where people open it; only signalling has one. */
  url?: string;
  demo?: { accounts: readonly DemoAccount[] };
};

export type RoleMessage = ({ type: 'ready' } & ReadyInfo) | { type: 'cannot-start'; message: string };

/** The exit code of a role that said why it cannot start (EX_CONFIG in sysexits.h). */
export const cannotStartExitCode = 78;

/** Whether a value from the channel is one of these messages. A role is our own program, so its shape is not doubted. */
export function isRoleMessage(value: unknown): value is RoleMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'ready' || value.type === 'cannot-start')
  );
}
