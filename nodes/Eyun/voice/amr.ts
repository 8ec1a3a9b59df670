/** How many bytes a frame of 20 ms has after its first one, by the four bits there. */
const NARROW = [12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0];
const WIDE = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0];

const FRAME_MS = 20;

/** How long an AMR file lasts, in milliseconds; 0 when it has no frame. */
export function amrDuration(content: Uint8Array): number {
	const isWide = String.fromCharCode(...content.subarray(0, 9)) === '#!AMR-WB\n';
	const sizes = isWide ? WIDE : NARROW;
	let frames = 0;
	for (let at = isWide ? 9 : 6; at < content.length; frames++) {
		at += 1 + sizes[(content[at] >> 3) & 15];
	}
	return frames * FRAME_MS;
}
