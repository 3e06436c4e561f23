import { randomInt } from 'node:crypto';
import type { Passwords } from '../../access/passwords.ts';
import type { DirectoryDatabase } from '../directory/open-directory.ts';
import { demoKiosks, demoStaff } from './people-and-kiosks.ts';
import { demoServiceItems } from './service-items.ts';

/** A demo account; `password` is there only in the run that made it. */
export type DemoAccount = { user: string; role: string; password?: string };

/** Letters that nobody confuses when reading a password off a screen: 31^14 is about 2^69. */
const passwordAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const passwordLength = 14;

/**
 * Fills an empty directory with demo kiosks, staff and service items. One that holds anything is left alone.
 *
 * @param options.password of all accounts; without it each gets a random one of its own
 * @returns the demo accounts that exist now, with their passwords where this call made them; none in a directory that
 * was filled in another way
 */
export async function seedDemo(
  database: DirectoryDatabase,
  options: { passwords: Pick<Passwords, 'hash'>; password?: string | undefined },
): Promise<DemoAccount[]> {
  const existing = await database.selectFrom('staff').select(['user_name', 'role']).execute();
  if (existing.length > 0) {
    const demo = existing.filter((row) => demoStaff.some(({ userName }) => userName === row.user_name));
    return demo.map(({ user_name, role }) => ({ user: user_name, role }));
  }

  const accounts = await Promise.all(
    demoStaff.map(async (member) => {
      const password = options.password ?? randomPassword();
      return { member, password, passwordHash: await options.passwords.hash(password) };
    }),
  );
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('staff')
      .values(
        accounts.map(({ member, passwordHash }) => ({
          staff_id: member.staffId,
          user_name: member.userName,
          display_name: member.displayName,
          number: member.number,
          role: member.role,
          skills: JSON.stringify(member.skills),
          languages: JSON.stringify(member.languages),
          password_hash: passwordHash,
          disabled_at_ms: null,
        })),
      )
      .execute();
    await transaction
      .insertInto('kiosks')
      .values(
        demoKiosks.map(({ kioskId, ...place }) => ({
          kiosk_id: kioskId,
          ...place,
          state: 'not-enrolled' as const,
          token_version: 0,
        })),
      )
      .execute();
    await transaction
      .insertInto('service_items')
      .values(
        demoServiceItems.map((item, index) => ({
          code: item.code,
          sort_order: index,
          name: JSON.stringify(item.name),
          department: JSON.stringify(item.department),
          guide: JSON.stringify(item.guide),
          skills: JSON.stringify(item.skills),
          priority: item.priority,
        })),
      )
      .execute();
  });
  return accounts.map(({ member, password }) => ({ user: member.userName, role: member.role, password }));
}

function randomPassword(): string {
  return Array.from({ length: passwordLength }, () => passwordAlphabet[randomInt(passwordAlphabet.length)]).join('');
}
