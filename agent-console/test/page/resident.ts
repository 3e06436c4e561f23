/** A resident made of paint, who nods: frames that move, and a picture that a person can judge. */
export function residentCamera(): { track: MediaStreamTrack; move(): void; freeze(): void } {
  const canvas = document.createElement('canvas');
  canvas.width = 1_280;
  canvas.height = 720;
  const pen = canvas.getContext('2d');
  const [track] = canvas.captureStream(20).getVideoTracks();
  if (pen === null || track === undefined) throw new Error('this browser cannot paint');
  let timer: ReturnType<typeof setInterval> | undefined;

  const paint = () => {
    const nod = Math.sin(performance.now() / 400) * 8;
    pen.fillStyle = '#8fa7a4';
    pen.fillRect(0, 0, 1_280, 720);
    pen.fillStyle = '#a9bfba';
    pen.fillRect(0, 0, 420, 720);
    pen.fillStyle = '#5d4a3d';
    pen.beginPath();
    pen.ellipse(640, 760, 300, 290, 0, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#e0b696';
    pen.beginPath();
    pen.ellipse(640, 330 + nod, 120, 150, 0, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#d8d8d4';
    pen.beginPath();
    pen.ellipse(640, 235 + nod, 128, 80, 0, Math.PI, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#3a2c24';
    for (const x of [596, 684]) pen.fillRect(x - 7, 320 + nod, 14, 8);
    pen.fillRect(610, 405 + nod, 60, 5);
  };

  return {
    track,
    move() {
      paint();
      timer ??= setInterval(paint, 50);
    },
    freeze() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** A microphone into which nobody speaks. */
export function silentMicrophone(): MediaStreamTrack {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (track === undefined) throw new Error('this browser makes no sound');
  return track;
}
