// The two sounds of a till, and the buzz of a phone. Silent where the browser has not been touched yet.

/** @type {AudioContext | undefined} */
let audio;
let on = true;

/** @param {boolean} value */
export function setSound(value) {
  on = value;
}

/**
 * Once the line stands there: what is seen comes before what is heard.
 * @param {number} pitch hertz
 * @param {number} milliseconds
 */
const tone = (pitch, milliseconds) => void setTimeout(play, 0, pitch, milliseconds);

/** @param {number} pitch @param {number} milliseconds */
function play(pitch, milliseconds) {
  if (!on || typeof AudioContext === "undefined" || !navigator.userActivation?.hasBeenActive) return;
  audio ??= new AudioContext();
  const start = audio.currentTime;
  const end = start + milliseconds / 1000;
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0.12, start);
  volume.gain.setTargetAtTime(0, end - 0.02, 0.01);
  source.connect(volume).connect(audio.destination);
  source.start(start);
  source.stop(end + 0.05);
}

/** A scan that was understood. */
export function good() {
  tone(880, 60);
  if (on) navigator.vibrate?.(15);
}

/** A code nobody knows. */
export function bad() {
  tone(220, 250);
  if (on) navigator.vibrate?.([40, 60, 40]);
}

/** Something that somebody should look at now. */
export function alarm() {
  for (const [pitch, wait] of [[660, 0], [880, 180], [660, 360]]) setTimeout(play, wait, pitch, 150);
  if (on) navigator.vibrate?.([80, 60, 80, 60, 80]);
}
