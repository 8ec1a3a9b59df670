import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { extensionOf, contentOfFile } from '../execution/files/file';
import { settle } from '../execution/pacing/poll';
import { audioTypeOf } from '../voice/audioType';
import { BadAudio } from '../voice/badAudio';
import { decodeSilk, SILK_RATE } from '../voice/silk';
import { writeWav } from '../voice/wav';

/** The largest voice that is read into memory; a minute of WeChat's SILK has about 0.2 MB. */
const MOST_BYTES = 20 * 1024 * 1024;

/** A voice after the attempt to convert it. */
export interface ConvertedVoice {
	file: IBinaryData;
	/** Why it still is what it was, where it should be something else. */
	problem?: string;
}

/**
 * Makes WAV of WeChat's SILK, which transcription services do not take. What is no SILK stays as it
 * is, with the type that it has by its content.
 *
 * @param context n8n's functions of the running node
 * @param file a voice in n8n's storage
 * @returns the WAV; the same file with the reason when it is damaged or too large
 */
export async function toWavFile(
	context: IExecuteFunctions,
	file: IBinaryData,
): Promise<ConvertedVoice> {
	if (Number(file.bytes) > MOST_BYTES) {
		return { file, problem: `it is larger than ${MOST_BYTES / 1024 / 1024} MB` };
	}
	const content = await contentOfFile(context, file);
	if (content === undefined) return { file };
	const type = audioTypeOf(content);
	if (type === undefined) return { file, problem: 'it is not SILK' };
	const keep = async (bytes: Uint8Array, mimeType: string) =>
		await context.helpers.prepareBinaryData(
			Buffer.from(bytes),
			`${file.fileName?.replace(/\.\w+$/, '')}${extensionOf(mimeType)}`,
			mimeType,
		);
	if (type !== 'audio/silk') {
		return { file: type === file.mimeType ? file : await keep(content, type) };
	}
	const decoded = await settle(decodeSilk(content));
	if ('value' in decoded) {
		const wav = writeWav({ rate: SILK_RATE, samples: decoded.value });
		return { file: await keep(wav, 'audio/wav') };
	}
	if (decoded.error instanceof BadAudio) return { file, problem: decoded.error.message };
	throw decoded.error;
}
