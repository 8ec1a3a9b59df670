import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Field, Media } from '../../catalogue/types';
import { InvalidInput } from '../values/invalidInput';

/** A file that stands for a field's value. */
export interface GivenFile {
	/** The binary field it stands in, or its file name; for messages. */
	name: string;
	binary: IBinaryData;
}

/** The types that files have by their extensions, where the one that n8n found says nothing. */
const TYPES: Record<string, string> = {
	amr: 'audio/amr',
	csv: 'text/csv',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	flac: 'audio/flac',
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	m4a: 'audio/mp4',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	ogg: 'audio/ogg',
	pdf: 'application/pdf',
	png: 'image/png',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	silk: 'audio/silk',
	txt: 'text/plain',
	wav: 'audio/wav',
	webp: 'image/webp',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	zip: 'application/zip',
};

/** What n8n and file servers say when they do not know. */
const UNKNOWN_TYPES = ['', 'application/octet-stream', 'binary/octet-stream', 'text/plain'];

/** Other names for the types of voice files. */
const SYNONYMS: Record<string, string> = {
	'audio/amr-wb': 'audio/amr',
	'audio/silk-v3': 'audio/silk',
	'audio/vnd.wave': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/x-amr': 'audio/amr',
	'audio/x-silk': 'audio/silk',
	'audio/x-wav': 'audio/wav',
	'image/jpg': 'image/jpeg',
};

/** The name under which a file goes out; a made-up one when n8n knows none. */
export function nameOf({ fileName }: IBinaryData): string {
	return fileName ?? 'file';
}

/** The MIME type that goes with a file name; undefined when its extension is not a known one. */
function typeByName(fileName: string): string | undefined {
	return TYPES[/\.([^./\\]+)$/.exec(fileName)?.[1].toLowerCase() ?? ''];
}

/** The usual extension of a MIME type, with its dot; "" when there is none. */
export function extensionOf(mimeType: string): string {
	const known = Object.entries(TYPES).find(([, type]) => type === mimeType);
	return known ? `.${known[0]}` : '';
}

/**
 * Settles what a file is.
 *
 * @param stated the MIME type that somebody stated, with or without parameters
 * @param fileName tells where that says nothing
 * @returns a MIME type; undefined when nobody knows
 */
export function settleType(stated: string | undefined, fileName: string): string | undefined {
	const plain = (stated ?? '').split(';')[0].trim().toLowerCase();
	return UNKNOWN_TYPES.includes(plain) ? typeByName(fileName) : (SYNONYMS[plain] ?? plain);
}

/** The content of a file, wherever n8n keeps it; undefined when there is only its description. */
export async function contentOfFile(
	context: IExecuteFunctions,
	{ id, data }: IBinaryData,
): Promise<Buffer | undefined> {
	if (!id) return data ? Buffer.from(data, 'base64') : undefined;
	return await context.helpers.binaryToBuffer(await context.helpers.getBinaryStream(id));
}

/** The size of a file in bytes, wherever n8n keeps it; undefined when n8n does not say. */
async function sizeOf(
	context: IExecuteFunctions,
	{ binary }: GivenFile,
): Promise<number | undefined> {
	if (typeof binary.bytes === 'number') return binary.bytes;
	if (binary.id) return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
	return binary.data ? Buffer.from(binary.data, 'base64').length : undefined;
}

/** A number of bytes for people; rounded up, so that a file over a limit is never shown as on it. */
function readable(bytes: number, unit: 'KB' | 'MB'): string {
	const size = unit === 'KB' ? 1024 : 1024 * 1024;
	return `${Math.ceil((bytes / size) * 100) / 100} ${unit}`;
}

/**
 * Checks a file against what the vendor takes in a field.
 *
 * @throws InvalidInput naming field, file, limit and what the file has
 */
export async function checkFile(
	context: IExecuteFunctions,
	field: Field,
	file: GivenFile,
): Promise<void> {
	const { media } = field;
	if (!media) return;
	const type = settleType(file.binary.mimeType, nameOf(file.binary));
	if (type !== undefined) checkType(field, file, type);
	if (media.maxBytes === undefined) return;
	const bytes = await sizeOf(context, file);
	if (bytes === undefined || bytes <= media.maxBytes) return;
	const unit = media.maxBytes < 1024 * 1024 ? 'KB' : 'MB';
	throw new InvalidInput(
		field,
		`takes at most ${readable(media.maxBytes, unit)}, and the file "${file.name}" has ${readable(bytes, unit)}`,
		'Make the file smaller before this node; WeChat does not take more',
	);
}

/**
 * Checks what a file is against what the vendor takes in a field.
 *
 * @throws InvalidInput naming field, file and both types
 */
export function checkType(field: Field, file: GivenFile, type: string): void {
	const { media } = field;
	if (!media || accepts(media, type)) return;
	throw new InvalidInput(
		field,
		`takes ${accepted(media)}, and the file "${file.name}" is ${type}`,
		media.kind === 'voice'
			? 'Convert the file to WAV (16-bit PCM) before this node, or choose another one'
			: 'Convert the file before this node, or choose another one',
	);
}

function accepts({ kind, types }: Media, type: string): boolean {
	if (types) return types.includes(type);
	return kind === 'file' || type.startsWith(`${kind}/`);
}

function accepted({ kind, types }: Media): string {
	if (!types) return kind === 'image' ? 'an image' : `a ${kind}`;
	const names = types.map((type) => type.split('/')[1].toUpperCase());
	return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ');
}
