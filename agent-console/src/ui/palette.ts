/** Every colour of the console, once. Styles use them as `--bb-…`, antd as tokens. */
export type Palette = {
  /** Behind everything; of cards; of what floats or is set off within a card. */
  ground: string;
  card: string;
  raised: string;
  /** Text: main, supporting, faint (still ≥ 4.5:1 on a card). */
  ink: string;
  inkSoft: string;
  inkFaint: string;
  line: string;
  lineSoft: string;
  /** The accent, what stands on it, and its tint behind text. */
  accent: string;
  onAccent: string;
  accentTint: string;
  good: string;
  goodTint: string;
  warn: string;
  warnTint: string;
  bad: string;
  onBad: string;
  badTint: string;
  /** The ringing panel: the one surface that has to be seen from across the room. */
  ring: string;
  onRing: string;
  onRingSoft: string;
  ringCount: string;
  answer: string;
  onAnswer: string;
  /** Where video is shown. Never pure black: black means "broken" to an agent. */
  stage: string;
  onStage: string;
  onStageSoft: string;
};

/** Deep teal and ink on cool paper, as on the kiosk. */
export const lightPalette: Palette = {
  ground: '#eef3f3',
  card: '#ffffff',
  raised: '#f6f9f9',
  ink: '#10262b',
  inkSoft: '#435a60',
  inkFaint: '#5b7177',
  line: '#c9d6d7',
  lineSoft: '#e1e9e9',
  accent: '#0b6a6c',
  onAccent: '#ffffff',
  accentTint: '#dcefee',
  good: '#17683f',
  goodTint: '#dff2e7',
  warn: '#835200',
  warnTint: '#fdf1d7',
  bad: '#ab2418',
  onBad: '#ffffff',
  badTint: '#fce8e5',
  ring: '#07393f',
  onRing: '#ffffff',
  onRingSoft: '#b9d6d7',
  ringCount: '#ffc857',
  answer: '#35c98a',
  onAnswer: '#03241a',
  stage: '#12262b',
  onStage: '#f1f7f7',
  onStageSoft: '#b5c8ca',
};

/** The same at night: the accent is lighter than what stands on it. */
export const darkPalette: Palette = {
  ground: '#0c1517',
  card: '#142023',
  raised: '#1a292d',
  ink: '#e7f0f0',
  inkSoft: '#b2c3c5',
  inkFaint: '#94a8ab',
  line: '#34484d',
  lineSoft: '#233337',
  accent: '#43b8b1',
  onAccent: '#04211f',
  accentTint: '#173a3b',
  good: '#64d39b',
  goodTint: '#15362a',
  warn: '#f0bd5e',
  warnTint: '#3a2d12',
  bad: '#ff9084',
  onBad: '#2b0603',
  badTint: '#41201d',
  ring: '#0d4a50',
  onRing: '#ffffff',
  onRingSoft: '#c0dcdd',
  ringCount: '#ffc857',
  answer: '#3fd596',
  onAnswer: '#03241a',
  stage: '#182b31',
  onStage: '#f1f7f7',
  onStageSoft: '#a9bdbf',
};

/** As custom properties: `inkSoft` becomes `--bb-ink-soft`. */
export function toCustomProperties(palette: Palette): Record<`--bb-${string}`, string> {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(palette).map(([name, value]) => [`--bb-${kebab(name)}`, value]));
}
