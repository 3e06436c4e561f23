/**
 * One line of the doctor's report. `missing` is needed for npm start; `attention` is not, or only for tests.
 *
 * @typedef {{ level: 'fine' | 'attention' | 'missing', subject: string, says: string }} Finding
 */

const marks = { fine: '✓', attention: '!', missing: '✗' };

/** @param {string} subject @param {string} says @returns {Finding} */
export const fine = (subject, says) => ({ level: 'fine', subject, says });
/** @param {string} subject @param {string} says @returns {Finding} */
export const attention = (subject, says) => ({ level: 'attention', subject, says });
/** @param {string} subject @param {string} says @returns {Finding} */
export const missing = (subject, says) => ({ level: 'missing', subject, says });

/** @param {Finding} finding */
export function findingLine({ level, subject, says }) {
  return `${marks[level]} ${subject.padEnd(12)} ${says}`;
}
