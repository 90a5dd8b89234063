import { options } from 'preact';

// Drawing and its effects wait for a frame in a browser; here they are done as soon as whatever asked for them is.
options.debounceRendering = queueMicrotask;
options.requestAnimationFrame = queueMicrotask;

// Some tests take the clock away.
const turn = setTimeout;

/** A page asks, is answered, draws, and asks again; each of these takes one turn, however slow the machine is. */
const TURNS = 12;

export async function settled(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await new Promise((done) => turn(done));
}

/** For what takes more than a turn, such as a module that is loaded: passed as soon as it is there, given up late. */
export const patience = { timeout: 20_000 };
