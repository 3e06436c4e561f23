/**
 * The version of the consent text in force. The widget ships the words under this version; a resident who agreed to
 * another one is asked again.
 */
export const consentVersion = '2026-11';
