import { execFileSync } from 'node:child_process';

import { amrDuration } from '../../nodes/Eyun/voice/amr';
import { audioTypeOf } from '../../nodes/Eyun/voice/audioType';
import { resample } from '../../nodes/Eyun/voice/resample';
import { decodeSilk, encodeSilk, SILK_RATE } from '../../nodes/Eyun/voice/silk';
import { readWav, writeWav } from '../../nodes/Eyun/voice/wav';
import { pitchOf, sine } from '../support/sounds.cts';

/** Voices: SILK and back, the WAV files around it, and what may be wrong with them. */

const seconds = 2;
const tone = sine(440, seconds, SILK_RATE);
const bytesOf = ({ buffer, byteOffset, byteLength }: Int16Array) =>
	Buffer.from(buffer, byteOffset, byteLength);
const ascii = (text: string) => Buffer.from(text, 'latin1');

/** What silk-wasm makes with the loader that we leave out; Jest cannot run that. */
function bySilkWasm(what: 'encode' | 'decode', input: Uint8Array): Buffer {
	const script = `const input = require('node:fs').readFileSync(0);
		void require('silk-wasm').${what}(input, ${SILK_RATE}).then(({ data }) => process.stdout.write(data));`;
	return execFileSync(process.execPath, ['-e', script], { input, maxBuffer: 10_000_000 });
}

let silk: Buffer;

beforeAll(() => {
	silk = bySilkWasm('encode', bytesOf(tone));
});

describe('SILK', () => {
	it('becomes the sound that it was made from, as by silk-wasm itself', async () => {
		const samples = await decodeSilk(silk);
		expect(samples).toHaveLength(seconds * SILK_RATE);
		expect(pitchOf(samples, SILK_RATE)).toBeCloseTo(440, -1);
		// Without our end mark it reads beyond the file, and makes something else of the last block.
		const reference = bySilkWasm('decode', silk);
		expect(reference).toHaveLength(samples.length * 2);
		expect(bytesOf(samples).subarray(0, -2_000).equals(reference.subarray(0, -2_000))).toBe(true);
	});

	it('is made of sound as silk-wasm makes it, and begins as that of WeChat', async () => {
		expect(silk.subarray(0, 10)).toEqual(ascii('\x02#!SILK_V3'));
		expect(Buffer.from(await encodeSilk(tone))).toEqual(silk);
	});

	it('keeps the last part of a sound that fills no block', async () => {
		const odd = tone.subarray(0, 12_345);
		const samples = await decodeSilk(await encodeSilk(odd));
		expect(samples.length).toBeGreaterThanOrEqual(odd.length);
		expect(samples.length - odd.length).toBeLessThan(480);
	});

	it('is read without the byte in front, with an end mark, with pauses and inside a larger buffer', async () => {
		const pause = ascii('\0\0');
		const variants = [
			silk.subarray(1),
			Buffer.concat([silk, ascii('\xff\xff')]),
			Buffer.concat([silk.subarray(0, 10), pause, silk.subarray(10), pause]),
			Buffer.concat([ascii('front'), silk, ascii('behind')]).subarray(5, 5 + silk.length),
		];
		for (const variant of variants) {
			expect(await decodeSilk(variant)).toHaveLength(tone.length);
		}
	});

	it.each([
		['no SILK', () => ascii('#!AMR\n'), 'it is not SILK'],
		['nothing', () => ascii(''), 'it is not SILK'],
		['a head alone', () => ascii('\x02#!SILK_V3'), 'it holds no sound'],
		['pauses alone', () => ascii(`\x02#!SILK_V3${'\0'.repeat(900)}`), 'it holds no sound'],
		['half a file', () => silk.subarray(0, 3_000), 'it is damaged'],
		['noise', () => ascii(`\x02#!SILK_V3${'noise'.repeat(900)}`), 'it is damaged'],
		[
			'11 minutes',
			() => ascii(`\x02#!SILK_V3${'\x02\0ab'.repeat(11 * 60 * 50)}`),
			'it is longer than 10 minutes',
		],
	])('that is %s is refused', async (_what, make, reason) => {
		await expect(decodeSilk(make())).rejects.toThrow(reason);
	});

	it('that holds anything ends, and spoils no other', async () => {
		for (let round = 0; round < 60; round++) {
			const spoilt = Buffer.from(silk);
			for (let at = 12 + round; at < spoilt.length; at += 5 + round) spoilt[at] ^= 1 << (round % 8);
			await decodeSilk(spoilt).catch((error: Error) => {
				expect(error.message).toMatch(/^it (is damaged|holds no sound|is longer)/);
			});
		}
		expect(await decodeSilk(silk)).toHaveLength(tone.length);
	});
});

describe('WAV', () => {
	it('has the header that readers want', () => {
		const wav = Buffer.from(writeWav({ rate: SILK_RATE, samples: tone }));
		expect(wav).toHaveLength(44 + tone.length * 2);
		expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
		expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
		expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ');
		expect([16, 20, 22, 24, 28, 32, 34].map((at) => wav.readUInt16LE(at))).toEqual([
			16, 1, 1, 24_000, 48_000, 2, 16,
		]);
		expect(wav.toString('latin1', 36, 40)).toBe('data');
		expect(wav.readUInt32LE(40)).toBe(tone.length * 2);
		expect(readWav(wav, 60)).toEqual({ rate: SILK_RATE, samples: tone });
	});

	const wav = (change: (file: Buffer) => Buffer | void) => {
		const file = Buffer.from(writeWav({ rate: 8_000, samples: tone }));
		return change(file) ?? file;
	};

	it('is read with several channels, other chunks and unknown lengths', () => {
		const stereo = wav((file) => void file.writeUInt16LE(2, 22));
		expect(readWav(stereo, 60).samples).toHaveLength(tone.length / 2);
		const list = wav((file) =>
			Buffer.concat([file.subarray(0, 36), ascii('LIST\x03\0\0\0abc\0'), file.subarray(36)]),
		);
		expect(readWav(list, 60)).toEqual({ rate: 8_000, samples: tone });
		const streamed = wav((file) => {
			file.writeUInt32LE(0xffff_ffff, 4);
			file.writeUInt32LE(0xffff_ffff, 40);
		});
		expect(readWav(streamed, 60)).toEqual({ rate: 8_000, samples: tone });
		const extensible = wav((file) => {
			file.writeUInt16LE(0xfffe, 20);
			file.writeUInt32LE(40, 16);
			const rest = Buffer.alloc(24);
			rest.writeUInt16LE(1, 8);
			return Buffer.concat([file.subarray(0, 36), rest, file.subarray(36)]);
		});
		expect(readWav(extensible, 60)).toEqual({ rate: 8_000, samples: tone });
	});

	it.each([
		['24 bits', (file: Buffer) => void file.writeUInt16LE(24, 34), 'it is not 16-bit PCM'],
		['MP3 inside', (file: Buffer) => void file.writeUInt16LE(0x55, 20), 'it is not 16-bit PCM'],
		['no channel', (file: Buffer) => void file.writeUInt16LE(0, 22), 'it is damaged'],
		['no rate', (file: Buffer) => void file.writeUInt32LE(0, 24), 'it is damaged'],
		['a short format', (file: Buffer) => void file.writeUInt32LE(2, 16), 'it is damaged'],
		['a head alone', (file: Buffer) => file.subarray(0, 36), 'it is damaged'],
		['no samples', (file: Buffer) => file.subarray(0, 44), 'it holds no sound'],
	])('with %s is refused', (_what, change, reason) => {
		expect(() => readWav(wav(change), 60)).toThrow(reason);
	});

	it('that is too long is refused', () => {
		expect(() =>
			readWav(
				wav(() => {}),
				5,
			),
		).toThrow('it is longer than 5 seconds');
	});
});

describe('another rate', () => {
	it.each([8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])(
		'%i keeps pitch and length',
		(rate) => {
			const samples = resample({ rate, samples: sine(440, seconds, rate) }, SILK_RATE);
			expect(samples.length / SILK_RATE).toBeCloseTo(seconds, 3);
			expect(pitchOf(samples, SILK_RATE)).toBeCloseTo(440, -1);
			expect(Math.max(...samples)).toBeGreaterThan(9_000);
		},
	);

	it('leaves out what it cannot have', () => {
		const samples = resample({ rate: 48_000, samples: sine(20_000, 1, 48_000) }, SILK_RATE);
		expect(Math.max(...samples.subarray(100, -100))).toBeLessThan(100);
	});
});

it.each([
	['audio/silk', '\x02#!SILK_V3'],
	['audio/silk', '#!SILK_V3'],
	['audio/amr', '#!AMR\n'],
	['audio/amr', '#!AMR-WB\n'],
	['audio/wav', 'RIFF\0\0\0\0WAVE'],
	['audio/ogg', 'OggS'],
	['audio/mpeg', 'ID3\x04'],
	['audio/mpeg', '\xff\xfb\x90'],
	['audio/mp4', '\0\0\0\x18ftypM4A '],
	[undefined, '\xff\xd8\xff\xe0'],
	[undefined, '\xff\xff'],
	[undefined, ''],
])('%s begins with %j', (type, beginning) => {
	expect(audioTypeOf(ascii(beginning))).toBe(type);
});

it('counts the frames of AMR', () => {
	const narrow = Buffer.concat([ascii('#!AMR\n'), ...Array(50).fill(Buffer.alloc(32, 0x3c))]);
	expect(amrDuration(narrow)).toBe(1_000);
	const wide = Buffer.concat([ascii('#!AMR-WB\n'), ...Array(50).fill(Buffer.alloc(61, 0x44))]);
	expect(amrDuration(wide)).toBe(1_000);
	expect(amrDuration(ascii('#!AMR\n'))).toBe(0);
});
