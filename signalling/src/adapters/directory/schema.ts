import type { Generated } from 'kysely';

/*
 * Only types that SQLite and PostgreSQL share: text, integers, lists as JSON text, times as milliseconds since 1970.
 */
export type StaffTable = {
  staff_id: string;
  user_name: string;
  display_name: string;
  number: string;
  role: 'agent' | 'supervisor' | 'admin';
  skills: string;
  languages: string;
  password_hash: string;
  disabled_at_ms: number | null;
};

export type KioskTable = {
  kiosk_id: string;
  name: string;
  site: string;
  region: string;
  state: 'not-enrolled' | 'enrolled' | 'revoked';
  token_version: number;
};

type EnrolmentCodeTable = {
  kiosk_id: string;
  code_hash: string;
  expires_at_ms: number;
  used_at_ms: number | null;
};

export type ServiceItemTable = {
  code: string;
  sort_order: number;
  name: string;
  department: string;
  guide: string;
  skills: string;
  priority: number;
};

type SessionTable = {
  session_id: string;
  staff_id: string;
  refresh_hash: string;
  previous_hash: string | null;
  rotated_at_ms: number;
  expires_at_ms: number;
  ended_at_ms: number | null;
};

type AuditTable = {
  sequence: Generated<number>;
  at_ms: number;
  actor: string;
  source: string;
  act: string;
  outcome: 'done' | 'refused';
  detail: string | null;
};

export type DirectoryTables = {
  staff: StaffTable;
  kiosks: KioskTable;
  enrolment_codes: EnrolmentCodeTable;
  service_items: ServiceItemTable;
  sessions: SessionTable;
  audit: AuditTable;
};
