/**
 * What runs in the kiosk widget: no schema library behind it. Schemas and tables are types there.
 */

export * from './consent.ts';
export type * from './contract.ts';
export * from './end-reasons.ts';
export * from './errors.ts';
export * from './limits.ts';
export * from './requester.ts';
export * from './version.ts';
