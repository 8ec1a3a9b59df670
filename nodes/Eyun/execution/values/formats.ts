import type { Field } from '../../catalogue/types';
import { isGroupId } from '../../common/wechatIds';
import { InvalidInput } from './invalidInput';

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;
const DATA_URI = /^data:[^,]*;base64,/i;

/**
 * Scheme and host. No stricter parser: the vendor's own examples hold hosts that WHATWG refuses
 * (timgsa.182.40.194.50 in /sendUrl), and it is the vendor who downloads.
 */
const WEB_ADDRESS = /^https?:\/\/[^\s/?#]+/i;

function checkUrl(field: Field, text: string): string {
	const trimmed = text.trim();
	if (WEB_ADDRESS.test(trimmed)) return trimmed;
	throw new InvalidInput(
		field,
		`takes a web address that starts with http:// or https://, not "${trimmed.slice(0, 60)}"`,
		'Give the whole address. Eyun downloads from it, so it must be public',
	);
}

function checkGroup(field: Field, text: string): string {
	const trimmed = text.trim();
	if (isGroupId(trimmed)) return trimmed;
	throw new InvalidInput(
		field,
		`takes a group ID, which ends in @chatroom, not "${trimmed.slice(0, 60)}"`,
		'The trigger delivers it as {{ $json.chatId }} of a group message',
	);
}

/** The vendor wants a whole data URI (/sendFileBase64); users mostly have the base64 part. */
function toDataUri(field: Field, text: string): string {
	const trimmed = text.trim();
	if (DATA_URI.test(trimmed)) return trimmed;
	if (BASE64.test(trimmed))
		return `data:application/octet-stream;base64,${trimmed.replace(/\s+/g, '')}`;
	throw new InvalidInput(field, 'is not base64', 'Give the content of the file as base64');
}

/**
 * Checks a text against its field's format and brings it into the form the vendor wants.
 *
 * @param field the field's declaration
 * @param text a text that is not empty
 * @returns the text to send; ids and addresses lose the spaces around them
 * @throws InvalidInput when it cannot be right
 */
export function checkFormat(field: Field, text: string): string {
	switch (field.format) {
		case 'id':
			return nonEmpty(field, text.trim());
		case 'group':
			return checkGroup(field, text);
		case 'url':
			return checkUrl(field, text);
		case 'dataUri':
			return toDataUri(field, text);
		case undefined:
			// Nobody means to send a blank message; an empty answer of a model looks so.
			if (field.rows !== undefined && !field.optional) nonEmpty(field, text.trim());
			return text;
	}
}

function nonEmpty(field: Field, text: string): string {
	if (text === '' && !field.sendEmpty) {
		throw new InvalidInput(field, 'holds only spaces', 'Enter a value. Eyun requires it');
	}
	return text;
}
