/** Which demo kiosk this page is, as the server tells a page on its own machine. */
export type KioskIdentity = { deviceToken: string; name: string; site: string };

/**
 * Asks the server for the demo kiosk's device token. A real kiosk is enrolled once and keeps its token; the demo's is asked
 * for with every page and kept nowhere but in memory.
 *
 * @returns null when the server gives none: it is away, or this page was not opened on its machine
 */
export async function askIdentity(kioskId: string): Promise<KioskIdentity | null> {
  try {
    const response = await fetch(`/api/v1/demo/kiosks/${encodeURIComponent(kioskId)}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (!response.ok) return null;
    // The route's answer, as protocol/src/http.ts has it.
    const answer = (await response.json()) as { deviceToken: string; kiosk: { name: string; site: string } };
    return { deviceToken: answer.deviceToken, name: answer.kiosk.name, site: answer.kiosk.site };
  } catch {
    return null;
  }
}
