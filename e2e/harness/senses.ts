import type { Page } from 'playwright-core';
import type { PictureReport, SoundReport, Voice } from '../page/media-probe.ts';
import { eventually, wallClockMs } from './eventually.ts';
import type { Face, Person } from './people.ts';

/** A picture is alive when a second of it has at least this many different frames: far below 30, because machines that test are busy. */
const leastDistinctFrames = 5;
/** Long enough for the tone, which is there in half of every half second. */
const listenMs = 1_200;
const audibleDb = -60;

/** What a person in front of a page sees and hears. */
export type Senses = {
  /** Waits until somebody is seen, and moves. */
  sees(person: Person, options?: { withinMs?: number }): Promise<void>;
  /** Waits until nothing new has been seen of somebody for a second. */
  seesNothingOf(person: Person): Promise<void>;
  hears(person: Person, options?: { withinMs?: number }): Promise<void>;
  hearsNothingOf(person: Person): Promise<void>;
  /** What was seen of a face since a moment on the wall clock. */
  picture(face: Face, sinceMs: number): Promise<PictureReport>;
};

/** The senses of whoever looks at this page; it must have the media probe. */
export function sensesAt(page: Page): Senses {
  const picture = ({ rgb }: Face, sinceMs: number) =>
    page.evaluate((request) => window.bangbanProbe.picture(request), { face: rgb, sinceMs });
  const sound = (voice: Voice, sinceMs: number): Promise<SoundReport> =>
    page.evaluate((request) => window.bangbanProbe.sound(request), { voice, sinceMs });

  return {
    picture,
    sees: ({ name, face }, options) =>
      eventually(async () => {
        const { distinct, frames } = await picture(face, wallClockMs() - 1_000);
        return distinct >= leastDistinctFrames
          ? undefined
          : `${name} is not seen moving: ${frames} frames in the last second, ${distinct} of them different`;
      }, options),
    seesNothingOf: ({ name, face }) =>
      eventually(async () => {
        const { distinct } = await picture(face, wallClockMs() - 1_000);
        return distinct <= 1 ? undefined : `${name} is still seen: ${distinct} different frames in the last second`;
      }),
    hears: ({ name, voice }, options) =>
      eventually(async () => {
        const { loudestDb, share } = await sound(voice, wallClockMs() - listenMs);
        // One sample above the threshold might be a click; the tone is there in half of all samples.
        return share >= 0.2
          ? undefined
          : `${name} is not heard at ${voice} Hz: in ${Math.round(share * 100)} % of the time, ${loudestDb.toFixed(0)} dB at most`;
      }, options),
    hearsNothingOf: ({ name, voice }) =>
      eventually(async () => {
        const { loudestDb, samples } = await sound(voice, wallClockMs() - listenMs);
        if (samples < 5) return `only ${samples} sound samples in the last ${listenMs} ms`;
        return loudestDb < audibleDb ? undefined : `${name} is still heard at ${loudestDb.toFixed(0)} dB`;
      }),
  };
}
