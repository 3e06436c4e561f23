import { type Language, StaffId } from '@bangban/protocol';
import type { StaffAccount, StaffAccounts } from '../../access/sessions.ts';
import type { DirectoryDatabase } from './open-directory.ts';
import type { StaffTable } from './schema.ts';

/** Members of staff in the directory database. */
export function createStaffAccounts(database: DirectoryDatabase): StaffAccounts {
  const staff = () => database.selectFrom('staff').selectAll();
  return {
    findByUserName: async (userName) => toAccount(await staff().where('user_name', '=', userName).executeTakeFirst()),
    findById: async (staffId) => toAccount(await staff().where('staff_id', '=', staffId).executeTakeFirst()),
  };
}

function toAccount(row: StaffTable | undefined): StaffAccount | undefined {
  if (!row) return undefined;
  return {
    staffId: StaffId.parse(row.staff_id),
    userName: row.user_name,
    displayName: row.display_name,
    number: row.number,
    role: row.role,
    // Written by this program from the same types.
    skills: JSON.parse(row.skills) as string[],
    languages: JSON.parse(row.languages) as Language[],
    passwordHash: row.password_hash,
    isDisabled: row.disabled_at_ms !== null,
  };
}
