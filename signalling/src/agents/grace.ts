import type { Agent } from './agent.ts';

/**
 * When an agent whose connection is gone counts as offline, in desk time; undefined where that is not the agent's own
 * matter: an offer expires, a call waits for them and a wrap-up ends by the deadlines of the call.
 */
export function graceEndsAt(agent: Agent, graceMs: number): number | undefined {
  if (agent.state !== 'away' && agent.state !== 'available') return undefined;
  return agent.connection.present ? undefined : agent.connection.since + graceMs;
}
