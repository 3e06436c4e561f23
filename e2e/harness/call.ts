import type { Agent } from './agent.ts';
import type { Kiosk } from './kiosk.ts';
import type { Person } from './people.ts';

/** One side of a call: who sits there, and what they sit at. */
export type Side<Place> = { person: Person; at: Place };

/** Brings a resident and an agent who is away into a call with each other. */
export async function bringTogether(resident: Side<Kiosk>, agent: Side<Agent>): Promise<void> {
  await resident.at.call();
  await agent.at.becomeAvailable();
  await agent.at.hearsRing();
  await agent.at.press('answer');
  await seeEachOther(resident, agent);
}

/** Waits until each of the two sees the other one move. */
export async function seeEachOther(resident: Side<Kiosk>, agent: Side<Agent>): Promise<void> {
  await Promise.all([resident.at.sees(agent.person), agent.at.sees(resident.person)]);
}

/** Waits until each of the two hears the other one. */
export async function hearEachOther(resident: Side<Kiosk>, agent: Side<Agent>): Promise<void> {
  await Promise.all([resident.at.hears(agent.person), agent.at.hears(resident.person)]);
}
