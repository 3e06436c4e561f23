import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Voice } from '../page/media-probe.ts';

/** How a camera shows somebody: a plain colour, with a bar that moves so that every frame is another picture. */
export type Face = { readonly rgb: readonly [number, number, number] };

/** Somebody with a face and a voice of their own, so that a test knows who is seen and who is heard. */
export type Person = { readonly name: string; readonly face: Face; readonly voice: Voice };

/** Voices are far enough apart for an analyser, and in the band that noise suppression keeps. */
export const people = {
  wang: { name: '王秀英', face: { rgb: [60, 90, 220] }, voice: 660 },
  li: { name: '李建国', face: { rgb: [60, 170, 90] }, voice: 880 },
  chen: { name: '陈雨桐', face: { rgb: [220, 120, 50] }, voice: 1_100 },
  zhou: { name: '周子昂', face: { rgb: [170, 70, 190] }, voice: 1_430 },
} as const satisfies Record<string, Person>;

const width = 640;
const height = 360;
const framesPerSecond = 30;

/** Writes what the fake camera shows: one second, played in a loop. */
export async function writeFace(folder: string, { face }: Person): Promise<string> {
  const path = join(folder, 'face.y4m');
  const [luma, u, v] = toYuv(face.rgb);
  const chroma = Buffer.concat([Buffer.alloc((width * height) / 4, u), Buffer.alloc((width * height) / 4, v)]);
  const frames = Array.from({ length: framesPerSecond }, (_, index) => {
    const picture = Buffer.alloc(width * height, luma);
    const from = Math.floor((index * width) / framesPerSecond);
    for (let row = 0; row < height; row += 1) picture.fill(235, row * width + from, row * width + from + 20);
    return Buffer.concat([Buffer.from('FRAME\n'), picture, chroma]);
  });
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420\n`);
  await writeFile(path, Buffer.concat([header, ...frames]));
  return path;
}

/** Writes what the fake microphone hears: a quarter of a second of tone, as long a silence, in a loop. */
export async function writeVoice(folder: string, { voice }: Person): Promise<string> {
  const path = join(folder, 'voice.wav');
  const rate = 48_000;
  const samples = Buffer.alloc(rate * 2);
  for (let index = 0; index < rate; index += 1) {
    const inPeriod = (index / rate) % 0.5;
    // Ten milliseconds of rise and fall keep clicks, which have every frequency, out of the tone.
    const envelope = Math.max(0, Math.min(1, inPeriod / 0.01, (0.25 - inPeriod) / 0.01));
    const value = 0.3 * envelope * Math.sin((2 * Math.PI * voice * index) / rate);
    samples.writeInt16LE(Math.round(value * 32_767), index * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  await writeFile(path, Buffer.concat([header, samples]));
  return path;
}

/** BT.601 in studio range, which is what the fake camera takes a file to be. */
function toYuv([red, green, blue]: Face['rgb']): [number, number, number] {
  const y = 16 + 0.257 * red + 0.504 * green + 0.098 * blue;
  const u = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
  const v = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
  return [Math.round(y), Math.round(u), Math.round(v)];
}
