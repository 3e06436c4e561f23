/**
 * The consent text that residents agree to before a call. The widget ships its words under this version and the server
 * refuses a call that names another one, so a kiosk page that is older than the words is loaded anew. Raised with every
 * change of what the words promise.
 */
export const CONSENT_VERSION = '2026-11';
