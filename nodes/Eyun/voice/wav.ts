import { BadAudio } from './badAudio';

/** Sound as a WAV file has it. */
export interface Sound {
	/** Samples per second. */
	rate: number;
	/** 16-bit, one channel; of several, their mean. */
	samples: Int16Array;
}

const HEADER = 44;
const PCM = 1;
/** The format that says further on what it is. */
const EXTENSIBLE = 0xfffe;

/** A WAV file with 16-bit PCM, one channel. */
export function writeWav({ rate, samples }: Sound): Uint8Array {
	const bytes = samples.length * 2;
	const file = new Uint8Array(HEADER + bytes);
	const view = new DataView(file.buffer);
	const text = (at: number, letters: string) =>
		[...letters].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
	text(0, 'RIFF');
	view.setUint32(4, HEADER - 8 + bytes, true);
	text(8, 'WAVEfmt ');
	view.setUint32(16, 16, true);
	view.setUint16(20, PCM, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, rate, true);
	view.setUint32(28, rate * 2, true);
	view.setUint16(32, 2, true);
	view.setUint16(34, 16, true);
	text(36, 'data');
	view.setUint32(40, bytes, true);
	samples.forEach((sample, index) => view.setInt16(HEADER + index * 2, sample, true));
	return file;
}

/**
 * Reads a WAV file.
 *
 * @param longest how many seconds it may last
 * @throws BadAudio for a file that is no WAV, damaged, too long, or not 16-bit PCM
 */
export function readWav(content: Uint8Array, longest: number): Sound {
	const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
	let format: { channels: number; rate: number } | undefined;
	for (let at = 12; at + 8 <= content.length;) {
		const name = String.fromCharCode(...content.subarray(at, at + 4));
		// Whoever writes a WAV while it is made does not know its length and writes the largest.
		const size = Math.min(view.getUint32(at + 4, true), content.length - at - 8);
		if (name === 'fmt ') format = readFormat(view, at + 8, size);
		if (name === 'data' && format) return readSamples(view, at + 8, size, format, longest);
		at += 8 + size + (size % 2);
	}
	throw new BadAudio('it is damaged');
}

function readFormat(view: DataView, at: number, size: number) {
	if (size < 16) throw new BadAudio('it is damaged');
	const stated = view.getUint16(at, true);
	const code = stated === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : stated;
	const [channels, rate] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
	const bits = view.getUint16(at + 14, true);
	if (code !== PCM || bits !== 16) throw new BadAudio('it is not 16-bit PCM');
	if (channels === 0 || rate < 4_000 || rate > 400_000) throw new BadAudio('it is damaged');
	return { channels, rate };
}

function readSamples(
	view: DataView,
	at: number,
	size: number,
	{ channels, rate }: { channels: number; rate: number },
	longest: number,
): Sound {
	const length = Math.floor(size / (2 * channels));
	if (length === 0) throw new BadAudio('it holds no sound');
	if (length > longest * rate) throw new BadAudio(`it is longer than ${longest} seconds`);
	const samples = new Int16Array(length);
	for (let index = 0; index < length; index++) {
		let sum = 0;
		for (let channel = 0; channel < channels; channel++) {
			sum += view.getInt16(at + (index * channels + channel) * 2, true);
		}
		samples[index] = Math.round(sum / channels);
	}
	return { rate, samples };
}
