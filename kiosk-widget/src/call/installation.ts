const INSTALLATION_KEY = 'bangban.installation';

/**
 * Tells a reload of this kiosk from a second device with the same token: made once per browser profile. It says nothing
 * about any resident and so outlives their calls. Without storage it lasts as long as the page.
 */
export function installationOf(storage: () => Pick<Storage, 'getItem' | 'setItem'>, newId: () => string): string {
  try {
    const known = storage().getItem(INSTALLATION_KEY);
    if (known !== null && /^[A-Za-z0-9_-]{8,64}$/.test(known)) return known;
    const made = newId();
    storage().setItem(INSTALLATION_KEY, made);
    return made;
  } catch {
    return newId();
  }
}
