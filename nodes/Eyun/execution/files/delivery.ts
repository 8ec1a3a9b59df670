import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { isLocalAddress } from '../../common/localAddress';
import { baseUrlOf } from '../../transport/credentials';
import { InvalidInput } from '../values/invalidInput';
import { type GivenFile, nameOf, contentOfFile, settleType } from './file';

/** How long the vendor may fetch a file: it downloads while it answers, videos a little later. */
const LINK_LIFETIME = '30 minutes';

const NO_ADDRESS_NEEDED = 'Message: Send File as Base64 needs no address';

/**
 * Puts a file where the vendor can download it: n8n serves it under a signed address that expires.
 *
 * @returns the address
 * @throws InvalidInput when n8n cannot serve files so, or the vendor could not reach it
 */
export async function toSignedUrl(
	context: IExecuteFunctions,
	field: Field,
	file: GivenFile,
): Promise<string> {
	if (typeof context.helpers.createBinarySignedUrl !== 'function') {
		throw new InvalidInput(
			field,
			'takes a web address only on this old version of n8n',
			`Update n8n to use binary fields here, or give a web address; ${NO_ADDRESS_NEEDED}`,
		);
	}
	const stored = await store(context, field, file);
	const url = context.helpers.createBinarySignedUrl(stored, LINK_LIFETIME);
	if (isLocalAddress(url) && !isLocalAddress(await baseUrlOf(context))) {
		throw new InvalidInput(
			field,
			`cannot be a binary field here: n8n serves it under ${new URL(url).origin}, which Eyun cannot reach`,
			`Set WEBHOOK_URL or N8N_EDITOR_BASE_URL to the public address of n8n, or give a public web address; ${NO_ADDRESS_NEEDED}`,
		);
	}
	return url;
}

/** A file that other nodes left inside the item is put into n8n's own storage, which can be served. */
async function store(
	context: IExecuteFunctions,
	field: Field,
	{ binary, name }: GivenFile,
): Promise<IBinaryData> {
	if (binary.id) return binary;
	if (!binary.data) throw notReadable(field, name);
	const stored = await context.helpers.prepareBinaryData(
		Buffer.from(binary.data, 'base64'),
		nameOf(binary),
		binary.mimeType,
	);
	if (stored.id) return stored;
	throw new InvalidInput(
		field,
		'cannot be a binary field here: this n8n keeps files in memory, from where it cannot serve them',
		`Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, or give a web address; ${NO_ADDRESS_NEEDED}`,
	);
}

/**
 * Puts a file into the request itself.
 *
 * @returns a data URI with the file's MIME type (/sendFileBase64)
 */
export async function toDataUri(
	context: IExecuteFunctions,
	field: Field,
	{ binary, name }: GivenFile,
): Promise<string> {
	const type = settleType(binary.mimeType, nameOf(binary)) ?? 'application/octet-stream';
	const content = await contentOfFile(context, binary);
	if (content === undefined) throw notReadable(field, name);
	return `data:${type};base64,${content.toString('base64')}`;
}

/** A file of which only the description is there. */
export function notReadable(field: Field, name: string): InvalidInput {
	return new InvalidInput(
		field,
		`got a description of the file "${name}" without its content`,
		'Give the name of the binary field instead of an expression',
	);
}
