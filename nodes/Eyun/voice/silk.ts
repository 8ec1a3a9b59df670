import { runCodec } from './codec';
import { BadAudio } from './badAudio';

/** WeChat's SILK in both directions: a byte 2, the magic, then blocks of speech, each after its length. */

/** Samples per second of the PCM that goes in and comes out; WeChat uses it, too. */
export const SILK_RATE = 24_000;

const TENCENT = 0x02;
const MAGIC = '#!SILK_V3';

/** The end of a SILK file by its first makers; WeChat's files just end. */
const END = 0xffff;

/** What the codec takes at most for one block. */
const LONGEST_BLOCK = 1_024;

/** The least that a block may last. */
const BLOCK_SECONDS = 0.02;
const BLOCK_SAMPLES = SILK_RATE * BLOCK_SECONDS;

/** The codec wants two of them before it begins. */
const FEWEST_BLOCKS = 2;

/** Far more than WeChat records (60 s): conversion keeps the process busy. */
export const LONGEST_SECONDS = 10 * 60;

/** Whether a file is SILK, as WeChat records it or plain. */
export function isSilk(content: Uint8Array): boolean {
	return headerLength(content) > 0;
}

/** How many bytes stand before the first block; 0 when this is no SILK. */
function headerLength(content: Uint8Array): number {
	const start = content[0] === TENCENT ? 1 : 0;
	const magic = String.fromCharCode(...content.subarray(start, start + MAGIC.length));
	return magic === MAGIC ? start + MAGIC.length : 0;
}

/**
 * Decodes SILK.
 *
 * @returns 16-bit mono samples at `SILK_RATE`
 * @throws BadAudio for a file that is damaged, holds nothing or is too long
 */
export async function decodeSilk(content: Uint8Array): Promise<Int16Array> {
	const blocks = blocksOf(content);
	const most = LONGEST_SECONDS / BLOCK_SECONDS;
	if (blocks.length > most) throw tooLong();
	const size = blocks.reduce((sum, { length }) => sum + 2 + length, 0);
	const clean = new Uint8Array(1 + MAGIC.length + size + 2);
	const view = new DataView(clean.buffer);
	clean.set([TENCENT, ...[...MAGIC].map((letter) => letter.charCodeAt(0))]);
	let at = 1 + MAGIC.length;
	for (const block of blocks) {
		view.setUint16(at, block.length, true);
		clean.set(block, at + 2);
		at += 2 + block.length;
	}
	view.setUint16(at, END, true);
	const samples = toSamples(await run('silk_decode', clean));
	if (samples.length > LONGEST_SECONDS * SILK_RATE) throw tooLong();
	return samples;
}

/** The blocks of a file, without the empty ones that stand for pauses and that the codec mistakes. */
function blocksOf(content: Uint8Array): Uint8Array[] {
	const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
	const blocks: Uint8Array[] = [];
	let at = headerLength(content);
	if (at === 0) throw new BadAudio('it is not SILK');
	while (at + 2 <= content.length) {
		const length = view.getUint16(at, true);
		at += 2;
		if (length === END) break;
		if (length > LONGEST_BLOCK || at + length > content.length) throw damaged();
		if (length > 0) blocks.push(content.subarray(at, at + length));
		at += length;
	}
	if (blocks.length < FEWEST_BLOCKS) throw new BadAudio('it holds no sound');
	return blocks;
}

/**
 * Encodes SILK as WeChat has it.
 *
 * @param samples 16-bit mono samples at `SILK_RATE`
 * @throws BadAudio when the codec makes nothing of them
 */
export async function encodeSilk(samples: Int16Array): Promise<Uint8Array> {
	// The codec drops what does not fill a block.
	const blocks = Math.max(Math.ceil(samples.length / BLOCK_SAMPLES), FEWEST_BLOCKS);
	const whole = new Int16Array(blocks * BLOCK_SAMPLES);
	whole.set(samples);
	return await run('silk_encode', new Uint8Array(whole.buffer));
}

async function run(name: Parameters<typeof runCodec>[0], input: Uint8Array): Promise<Uint8Array> {
	let output: Uint8Array;
	try {
		output = await runCodec(name, input, SILK_RATE);
	} catch {
		throw damaged();
	}
	if (output.length === 0) throw damaged();
	return output;
}

function toSamples(bytes: Uint8Array): Int16Array {
	return new Int16Array(bytes.slice().buffer, 0, Math.floor(bytes.length / 2));
}

const damaged = () => new BadAudio('it is damaged');
const tooLong = () => new BadAudio(`it is longer than ${LONGEST_SECONDS / 60} minutes`);
