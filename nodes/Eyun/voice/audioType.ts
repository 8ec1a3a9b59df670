import { isSilk } from './silk';

/** How files of sound begin. */
const BEGINNINGS: ReadonlyArray<[type: string, at: number, letters: string]> = [
	['audio/amr', 0, '#!AMR'],
	['audio/wav', 8, 'WAVE'],
	['audio/ogg', 0, 'OggS'],
	['audio/flac', 0, 'fLaC'],
	['audio/mp4', 4, 'ftyp'],
	['audio/mpeg', 0, 'ID3'],
];

/**
 * What a file of sound is, by its first bytes.
 *
 * @returns a MIME type; undefined when it is none of the usual ones
 */
export function audioTypeOf(content: Uint8Array): string | undefined {
	if (isSilk(content)) return 'audio/silk';
	const found = BEGINNINGS.find(
		([, at, letters]) =>
			String.fromCharCode(...content.subarray(at, at + letters.length)) === letters,
	);
	if (found) return found[0];
	return isMpegFrame(content) ? 'audio/mpeg' : undefined;
}

/** MP3 without tags begins with eleven set bits; version, layer and bit rate are not the reserved ones. */
function isMpegFrame([first = 0, second = 0, third = 0xff]: Uint8Array): boolean {
	const isFrame = first === 0xff && (second & 0xe0) === 0xe0;
	return isFrame && (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && (third & 0xf0) !== 0xf0;
}
