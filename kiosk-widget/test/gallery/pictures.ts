/** Moving pictures for people who are not there: drawn, so that tests need no camera and screens show somebody. */
export type Person = { skin: string; hair: string; coat: string; wall: string };

export const agent: Person = { skin: '#e0b08c', hair: '#241c1a', coat: '#1f4e55', wall: '#cfdcd9' };
export const resident: Person = { skin: '#d9a57e', hair: '#8f8b87', coat: '#6b4b3e', wall: '#e7dcc8' };

/** A camera track of a person who breathes a little, 640 × 480. */
export function pictureOf(person: Person): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const pen = canvas.getContext('2d');
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (!pen || !track) throw new Error('this browser draws no pictures');
  const draw = () => {
    const lift = Math.sin(performance.now() / 600) * 4;
    pen.fillStyle = person.wall;
    pen.fillRect(0, 0, 640, 480);
    shape(pen, person.coat, 320, 500 + lift, 190, 170);
    shape(pen, person.hair, 320, 195 + lift, 98, 118);
    shape(pen, person.skin, 320, 220 + lift, 78, 100);
    shape(pen, person.hair, 320, 128 + lift, 84, 36);
    for (const x of [292, 348]) shape(pen, '#222', x, 215 + lift, 6, 7);
    shape(pen, '#a8504a', 320, 272 + lift, 24, 6);
  };
  // Slowly: the pictures are to be seen, not to keep the machine busy.
  const drawing = setInterval(() => (track.readyState === 'live' ? draw() : clearInterval(drawing)), 100);
  draw();
  return track;
}

/** A microphone track that is silent. */
export function silence(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (!track) throw new Error('this browser makes no sound');
  return track;
}

function shape(
  pen: CanvasRenderingContext2D,
  color: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  pen.fillStyle = color;
  pen.beginPath();
  pen.ellipse(x, y, width, height, 0, 0, Math.PI * 2);
  pen.fill();
}
