// What happens elsewhere: one stream for all tabs of a browser (the holder of a lock reads it and tells the others).
// docs/events.md; resumes with the last id, waits longer after each failure, and says `reset` when its place is lost.

const TOPICS = "receipt.*,shift.*,device.*,order.*,operation.review,refund.*,notification.*,change";
const CHANNEL = "smartpos-events";
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** @typedef {(name: string, data: Record<string, unknown>) => void} Listener */

/** @type {Set<Listener>} */
const listeners = new Set();
let begun = false;

/**
 * Hear every event; answers the way out.
 * @param {Listener} listener
 */
export function listen(listener) {
  listeners.add(listener);
  if (!begun) begin();
  begun = true;
  return () => {
    listeners.delete(listener);
  };
}

function begin() {
  const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
  if (channel) channel.onmessage = ({ data }) => tell(data.name, data.data);
  const lead = () =>
    follow((name, data) => {
      tell(name, data);
      channel?.postMessage({ name, data });
    });
  // without a secure context there are no locks: each tab reads for itself
  if (navigator.locks && channel) void navigator.locks.request(CHANNEL, lead);
  else void lead();
}

/** @type {Listener} */
function tell(name, data) {
  for (const listener of [...listeners]) listener(name, data);
}

/**
 * Read the stream for ever; ends when nobody is signed in any more.
 * @param {Listener} hear
 */
async function follow(hear) {
  let last = "";
  let pause = FIRST_PAUSE;
  for (;;) {
    try {
      const headers = /** @type {Record<string, string>} */ (last ? { "Last-Event-ID": last } : {});
      const answer = await fetch(`/events?topics=${TOPICS}`, { headers, cache: "no-store" });
      // nobody any more: whoever shows something looks again and finds out
      if (answer.status === 401) return hear("reset", {});
      if (answer.ok && answer.body) {
        pause = FIRST_PAUSE;
        for await (const message of messages(answer.body)) {
          if (message.id) last = message.id;
          if (message.name) hear(message.name, message.data ? JSON.parse(message.data) : {});
        }
      }
    } catch {
      // the network is away: the pause below, then again
    }
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

/** @param {ReadableStream<Uint8Array>} stream */
async function* messages(stream) {
  const reader = stream.pipeThrough(/** @type {TransformStream<Uint8Array, string>} */ (new TextDecoderStream())).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) yield parse(part);
  }
}

/** @param {string} part */
function parse(part) {
  const message = { id: "", name: "", data: "" };
  for (const line of part.split("\n")) {
    if (line.startsWith("id: ")) message.id = line.slice(4);
    else if (line.startsWith("event: ")) message.name = line.slice(7);
    else if (line.startsWith("data: ")) message.data += line.slice(6);
  }
  return message;
}
