/** Who did it: a member of staff, a kiosk, the program itself, or nobody known. */
export type AuditActor = `staff:${string}` | `kiosk:${string}` | 'media-server' | 'program' | 'anonymous';

/** One act that may have to be explained later. Holds no password, token or code. */
type AuditEntry = {
  actor: AuditActor;
  /** The network address it came from; empty for the program's own acts. */
  source: string;
  /** `sign-in`, `kiosk-enrolled`, or the wire name of a refused request. */
  act: string;
  outcome: 'done' | 'refused';
  /** An error code, the id acted upon, or another short fact. */
  detail?: string;
};

/** Appends to the audit table, which nothing changes or deletes. Never throws: a failure to write is logged instead. */
export type Audit = { record(entry: AuditEntry): void };
