import { randomBytes } from 'node:crypto';

/** 128 random bits in 22 characters of the id alphabet. */
export function randomId(): string {
  return randomBytes(16).toString('base64url');
}
