import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { amrDuration } from '../../voice/amr';
import { audioTypeOf } from '../../voice/audioType';
import { BadAudio } from '../../voice/badAudio';
import { resample } from '../../voice/resample';
import { decodeSilk, encodeSilk, SILK_RATE } from '../../voice/silk';
import { readWav } from '../../voice/wav';
import { settle } from '../pacing/poll';
import { InvalidInput } from '../values/invalidInput';
import { notReadable } from './delivery';
import { checkType, contentOfFile, type GivenFile, nameOf } from './file';

/** WeChat records no longer; and encoding keeps the process busy, about 30 ms for each second. */
const LONGEST_SECONDS = 60;

/** A minute of WAV at the highest rate in use, with two channels. */
const MOST_BYTES = 25 * 1024 * 1024;

const SAMPLES_PER_MS = SILK_RATE / 1_000;

/** A voice that the vendor takes. */
export interface ReadyVoice {
	file: GivenFile;
	/** Milliseconds; undefined when the file does not tell. */
	duration(): Promise<number | undefined>;
}

/**
 * Makes SILK of a WAV file. SILK and AMR stay as they are.
 *
 * @param context n8n's functions of the running node
 * @param field the field that takes the voice
 * @param file whose stated type was checked; what it is now counts by its content
 * @throws InvalidInput for a file of another type, or a WAV file that cannot be converted
 */
export async function readyVoice(
	context: IExecuteFunctions,
	field: Field,
	file: GivenFile,
): Promise<ReadyVoice> {
	const content = await contentOfFile(context, file.binary);
	if (content === undefined) throw notReadable(field, file.name);
	const type = audioTypeOf(content);
	if (type !== undefined) checkType(field, file, type);
	if (type !== 'audio/wav') {
		return { file, duration: async () => await durationOf(type, content) };
	}
	const made = await settle(toSilk(content));
	if ('value' in made) {
		const binary = await storeSilk(context, file, made.value.silk);
		return { file: { ...file, binary }, duration: async () => made.value.duration };
	}
	if (!(made.error instanceof BadAudio)) throw made.error;
	throw new InvalidInput(
		field,
		`cannot be made of the file "${file.name}": ${made.error.message}`,
		`Use a WAV file with 16-bit PCM of at most ${LONGEST_SECONDS} seconds. Send anything longer with Message: Send File`,
	);
}

async function toSilk(wav: Uint8Array): Promise<{ silk: Uint8Array; duration: number }> {
	if (wav.length > MOST_BYTES) throw new BadAudio(`it is longer than ${LONGEST_SECONDS} seconds`);
	const samples = resample(readWav(wav, LONGEST_SECONDS), SILK_RATE);
	return { silk: await encodeSilk(samples), duration: millisecondsOf(samples) };
}

async function storeSilk(
	context: IExecuteFunctions,
	{ binary }: GivenFile,
	silk: Uint8Array,
): Promise<IBinaryData> {
	const fileName = `${nameOf(binary).replace(/\.\w+$/, '')}.silk`;
	return await context.helpers.prepareBinaryData(Buffer.from(silk), fileName, 'audio/silk');
}

async function durationOf(
	type: string | undefined,
	content: Uint8Array,
): Promise<number | undefined> {
	if (type === 'audio/amr') return amrDuration(content) || undefined;
	if (type !== 'audio/silk') return undefined;
	const decoded = await settle(decodeSilk(content));
	return 'value' in decoded ? millisecondsOf(decoded.value) : undefined;
}

/** At least one, which is the least that the vendor takes. */
function millisecondsOf({ length }: Int16Array): number {
	return Math.max(Math.round(length / SAMPLES_PER_MS), 1);
}
