import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { isRecord } from '../../common/records';
import type { ReadParameter } from '../values/body';
import { InvalidInput } from '../values/invalidInput';
import { isLocator, unwrapLocator } from '../values/locator';
import { isEmpty } from '../values/toWire';
import { toDataUri, toSignedUrl } from './delivery';
import { checkFile, type GivenFile, nameOf } from './file';
import { readyVoice } from './voice';
import { BINARY_MODE } from '../../description/parameters';

/**
 * Lets fields that take a file be filled from binary fields of the item: the file is checked, then
 * becomes what the vendor wants there, an address it can download from or a data URI.
 *
 * @param context n8n's functions of the running node
 * @param fields the operation's fields
 * @param itemIndex the input item, counted from 0
 * @param read reads a parameter as the user filled it in
 * @returns reads the same parameters, with text in place of binary fields
 * @throws InvalidInput for a file that is missing, too large, of a wrong type or out of the vendor's reach;
 *   all files are checked before the first one is served
 */
export async function resolveBinaryFields(
	context: IExecuteFunctions,
	fields: readonly Field[],
	itemIndex: number,
	read: ReadParameter,
): Promise<ReadParameter> {
	const texts = new Map<string, unknown>();
	const files: Array<{ field: Field; given: GivenFile[] }> = [];
	for (const field of fields) {
		if (!field.media) continue;
		const value = read(field.name);
		const given = filesOf(context, field, value, itemIndex);
		if (given) files.push({ field, given });
		else texts.set(field.name, unwrapLocator(value));
	}
	for (const { field, given } of files) {
		for (const file of given) await checkFile(context, field, file);
	}
	for (const { field, given } of files) {
		if (field.media?.kind !== 'voice') continue;
		const voice = await readyVoice(context, field, given[0]);
		given[0] = voice.file;
		const length = fields.find(({ durationOf }) => durationOf === field.name);
		if (length && isUnset(read(length.name))) texts.set(length.name, await voice.duration());
	}
	checkDurations(fields, texts, read);
	for (const { field, given } of files) {
		const deliver = field.format === 'dataUri' ? toDataUri : toSignedUrl;
		const delivered: string[] = [];
		for (const file of given) delivered.push(await deliver(context, field, file));
		texts.set(field.name, field.type === 'list' ? delivered : delivered[0]);
	}
	return (name) => (texts.has(name) ? texts.get(name) : read(name));
}

function isUnset(value: unknown): boolean {
	return isEmpty(value) || Number(value) === 0;
}

/** Complains of a length that neither the user nor a file told. */
function checkDurations(
	fields: readonly Field[],
	texts: ReadonlyMap<string, unknown>,
	read: ReadParameter,
): void {
	for (const field of fields) {
		const { durationOf, name } = field;
		if (durationOf === undefined || !isUnset(texts.get(name) ?? read(name))) continue;
		throw new InvalidInput(
			field,
			texts.has(name) ? 'cannot be read from the file' : 'is empty, and only a file tells it',
			'Enter the length of the recording in milliseconds',
		);
	}
}

/** A file itself, as an expression such as `{{ $binary.data }}` yields it. */
function isFile(value: unknown): value is IBinaryData {
	return (
		isRecord(value) && typeof value.mimeType === 'string' && ('id' in value || 'data' in value)
	);
}

/** The files a field was given; undefined when it holds plain text, which is an address or base64. */
function filesOf(
	context: IExecuteFunctions,
	field: Field,
	value: unknown,
	itemIndex: number,
): GivenFile[] | undefined {
	const chosen = isLocator(value) && value.mode === BINARY_MODE;
	const given = unwrapLocator(value);
	const entries = Array.isArray(given) ? given : [given];
	if (!chosen && !entries.some(isFile)) return undefined;
	const named = entries.flatMap((entry: unknown): Array<string | IBinaryData> =>
		isFile(entry) ? [entry] : split(field, entry),
	);
	if (named.length === 0) {
		throw new InvalidInput(
			field,
			'names no binary field',
			'Enter the name of the field of the input item that holds the file, mostly data',
		);
	}
	return named.map((entry) =>
		typeof entry === 'string'
			? { name: entry, binary: binaryField(context, field, entry, itemIndex) }
			: { name: nameOf(entry), binary: entry },
	);
}

function split({ type }: Field, names: unknown): string[] {
	const text = typeof names === 'string' ? names : '';
	const parts = type === 'list' ? text.split(/[,;，；\n]/) : [text];
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function binaryField(
	context: IExecuteFunctions,
	field: Field,
	name: string,
	itemIndex: number,
): IBinaryData {
	const found = findBinary(context, name, itemIndex);
	if (found) return found;
	const names = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	throw new InvalidInput(
		field,
		`asks for the binary field "${name}", which the item does not have`,
		names.length === 0
			? 'The item carries no file. Put a node before this one that outputs one, or give a web address'
			: `The item has: ${names.join(', ')}`,
	);
}

/** Left to n8n, which also knows workflows that keep their files inside the JSON. */
function findBinary(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(itemIndex, name);
	} catch {
		return undefined;
	}
}
