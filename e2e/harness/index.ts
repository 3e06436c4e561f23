/** What stories and benches share: the whole program, browsers with people in front of them, and waiting. */
export { type Agent, agentAt } from './agent.ts';
export { openBrowser, type PersonalBrowser, pageScript } from './browser.ts';
export { eventually, wallClockMs } from './eventually.ts';
export { freeMediaPorts, freePort } from './free-ports.ts';
export { type Kiosk, kioskAt } from './kiosk.ts';
export { type Program, startProgram } from './program.ts';
