/** Audio that cannot be converted; the message goes on where another one ends with a colon. */
export class BadAudio extends Error {}
