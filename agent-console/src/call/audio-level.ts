/** Quieter than this is silence on the meter, louder than 0 dB does not exist. */
const FLOOR_DB = -60;
const EVERY_MS = 80;

/** The height of the meter for a root mean square of samples (0 to 1): logarithmic, as ears are. */
export function meterHeight(rootMeanSquare: number): number {
  if (rootMeanSquare <= 0) return 0;
  const decibel = 20 * Math.log10(rootMeanSquare);
  return Math.min(1, Math.max(0, 1 - decibel / FLOOR_DB));
}

/** Measures a track and tells its level (0 to 1) several times a second. Returns the end of the measurement. */
export function watchLevel(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // A page that was reloaded may listen only after the agent has touched it.
    if (context.state === 'suspended' && navigator.userActivation.hasBeenActive) void context.resume();
    analyser.getFloatTimeDomainData(samples);
    const squares = samples.reduce((sum, sample) => sum + sample * sample, 0);
    tell(meterHeight(Math.sqrt(squares / samples.length)));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
