/** Stroke drawings on a 24 × 24 grid, two units wide; drawn for this widget. */
const drawings = {
  help: 'M3 6.5h11.5v11H3zM14.5 10.5l6.5-3v9l-6.5-3M6.2 15.2c.4-1.6 1.4-2.4 2.6-2.4s2.2.8 2.6 2.4M8.8 12.8a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4',
  microphone: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  'microphone-off':
    'M9 9.5v2a3 3 0 0 0 4.7 2.5M15 11v-4.5a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.2 5.3M18.1 13.6c.3-.7.4-1.4.4-2.1M12 18v3M4 4l16 16',
  camera: 'M3 7h11.5v10H3zM14.5 11l6.5-3.5v9l-6.5-3.5',
  'camera-off': 'M6 7H3v10h11.5v-1.5M10 7h4.5v4l6.5-3.5v9l-2-1M4 4l16 16',
  end: 'M3.5 14.5c4.7-5.3 12.3-5.3 17 0l-2.3 2.8-3.7-1.6v-2.6c-1.6-.5-3.4-.5-5 0v2.6l-3.7 1.6z',
  person: 'M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6',
  eye: 'M2.5 12c2.5-4.3 5.7-6.5 9.5-6.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5S5 16.3 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  shield: 'M12 3l7.5 2.8v5.7c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V5.8zM8.5 12l2.5 2.5 4.5-5',
  hand: 'M7.5 12.5v-6a1.5 1.5 0 0 1 3 0v4.5-6.5a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8.5c0 4-2 6.5-5.5 6.5-3 0-4.5-1.5-6-4.5l-1.5-3.2c-.5-1.3 1-2.2 2-1z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2',
  check: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM7.8 12.3l3 3 5.5-6',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3v.2',
  sound: 'M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  network: 'M2.5 9.5c5.5-5 13.5-5 19 0M6 13.5c3.5-3 8.5-3 12 0M9.5 17c1.5-1.2 3.5-1.2 5 0M12 20v.2',
} as const;
export type IconName = keyof typeof drawings;

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing beside words that say the same: hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}
