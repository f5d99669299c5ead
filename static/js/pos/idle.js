// Locking a till that nobody touches, with a word before. A moment is compared rather than a timer trusted: a sleeping device wakes up late.

const EVERY = 5_000;
const WARNING = 20_000;
const SIGNS = ["pointerdown", "keydown", "wheel"];

export class Idle {
  /** @param {() => void} lock @param {(seconds: number) => void} warn shortly before: any touch puts it off */
  constructor(lock, warn) {
    this.lock = lock;
    this.warn = warn;
    this.warned = false;
    this.touched = Date.now();
    this.watching = false;
  }

  /** @param {() => number} minutes asked anew each time; 0 is never */
  watch(minutes) {
    this.touched = Date.now();
    if (this.watching) return;
    this.watching = true;
    for (const sign of SIGNS) addEventListener(sign, () => (this.touched = Date.now()), { capture: true, passive: true });
    setInterval(() => this.look(minutes()), EVERY);
  }

  /** @param {number} minutes */
  look(minutes) {
    const left = minutes * 60_000 - (Date.now() - this.touched);
    if (!minutes || left > WARNING) {
      this.warned = false;
    } else if (left <= 0) {
      this.touched = Date.now();
      this.lock();
    } else if (!this.warned) {
      this.warned = true;
      this.warn(Math.ceil(left / 1000));
    }
  }
}
