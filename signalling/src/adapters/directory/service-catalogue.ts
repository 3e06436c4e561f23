import { type LocalizedText, ServiceCode } from '@bangban/protocol';
import type { ServiceItem } from '../../desk/commands.ts';
import type { ServiceCatalogue } from '../../services/service-catalogue.ts';
import type { DirectoryDatabase } from './open-directory.ts';
import type { ServiceItemTable } from './schema.ts';

/** Service items in the directory database. */
export function createServiceCatalogue(database: DirectoryDatabase): ServiceCatalogue {
  return {
    async find(code) {
      const row = await database.selectFrom('service_items').selectAll().where('code', '=', code).executeTakeFirst();
      return row && toServiceItem(row);
    },
    async list() {
      const rows = await database.selectFrom('service_items').selectAll().orderBy('sort_order').execute();
      return rows.map(toServiceItem);
    },
  };
}

function toServiceItem(row: ServiceItemTable): ServiceItem {
  // The texts and the list were written by this program from the same types.
  const text = (json: string) => JSON.parse(json) as LocalizedText;
  return {
    code: ServiceCode.parse(row.code),
    name: text(row.name),
    department: text(row.department),
    guide: text(row.guide),
    skills: JSON.parse(row.skills) as string[],
    priority: row.priority,
  };
}
