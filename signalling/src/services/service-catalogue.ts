import type { ServiceCode, ServiceItemView } from '@bangban/protocol';
import type { ServiceItem } from '../desk/commands.ts';

/** The service items (事项) that are assisted by video. */
export type ServiceCatalogue = {
  find(code: ServiceCode): Promise<ServiceItem | undefined>;
  /** In the order of the city's catalogue. */
  list(): Promise<ServiceItem[]>;
};

/** A service item as the public may see it: without what the queue makes of it. */
export function serviceItemView({ code, name, department, guide }: ServiceItem): ServiceItemView {
  return { code, name, department, guide };
}
