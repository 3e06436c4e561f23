import type { Sounder } from './ring.ts';

/** Two bright notes, twice: heard over talk in a room, unlike any sound of the operating system. */
const NOTES = [
  { atSeconds: 0, hertz: 784 },
  { atSeconds: 0.16, hertz: 1_047 },
  { atSeconds: 0.5, hertz: 784 },
  { atSeconds: 0.66, hertz: 1_047 },
] as const;
const NOTE_SECONDS = 0.3;
/** Full volume of a sine is louder than anybody needs. */
const LOUDEST = 0.5;

/** A sounder on Web Audio: no sound file to load. The context may start only after a gesture on the page. */
export function createRingSounder(): Sounder {
  const context = new AudioContext();
  let playing: OscillatorNode[] = [];

  const play = (hertz: number, at: number, volume: number) => {
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(volume * LOUDEST, at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + NOTE_SECONDS);
    playing.push(oscillator);
  };

  const silence = () => {
    for (const oscillator of playing) oscillator.stop();
    playing = [];
  };

  return {
    // Once touched, a page may play: https://developer.chrome.com/blog/autoplay
    allowed: () => context.state === 'running' || navigator.userActivation.hasBeenActive,
    running: () => context.state === 'running',
    async unlock() {
      // Rejected when the console closes while the browser still waits for a gesture.
      await context.resume().catch(() => undefined);
      return context.state === 'running';
    },
    ring(volume) {
      silence();
      if (context.state !== 'running' || volume === 0) return;
      for (const { atSeconds, hertz } of NOTES) play(hertz, context.currentTime + atSeconds, volume);
    },
    silence,
    close() {
      silence();
      void context.close();
    },
  };
}
