/**
 * A value that cannot be missing here; that it is would be a bug.
 *
 * @throws Error
 */
export function demand<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('a value is missing that the state of the desk implies');
  return value;
}
