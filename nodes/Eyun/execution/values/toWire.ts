import type { Field } from '../../catalogue/types';
import { parseExact, stringifyExact } from '../../common/exactJson';
import { isInstanceId, isInstanceIdMode, isSurelyId, mayBeWeChatId } from '../../common/wechatIds';
import { Account } from '../../transport/accounts';
import { checkFormat } from './formats';
import { InvalidInput } from './invalidInput';
import type { Locator } from './locator';
import { isLocator } from './locator';

/** The range of the vendor's 64-bit ids: signed (Channels comments) and unsigned (Moments, Channels). */
const SMALLEST_ID = -(2n ** 63n);
const LARGEST_ID = 2n ** 64n - 1n;

/**
 * Turns a parameter's value into what goes on the wire. A number outside a field's choices is let
 * through: the vendor's own examples use some (/showInAddressBook), and it adds new ones.
 *
 * @param field the field's declaration
 * @param value what the user gave: from the editor, or anything an expression can yield
 * @returns the value for the JSON body; `undefined` when an optional field was left empty; an
 *   `Account` where the user named the account instead of its login
 * @throws InvalidInput that names the field and the cure
 */
export function toWire(field: Field, value: unknown): unknown {
	if (isLocator(value) && mayBeLocator(field, value)) return chosen(field, value);
	if (isEmpty(value)) return emptyValue(field);
	switch (field.type) {
		case 'int':
			return toInt(field, value);
		case 'boolean':
			return toBoolean(field, value);
		case 'int64':
			return toInt64(field, value);
		case 'list':
			return toItems(field, value).join(field.separator ?? ',');
		case 'array':
			return toItems(field, value);
		case 'object':
			return toObject(field, value);
		case 'cursor':
			return toCursor(field, value);
		case 'string': {
			const text = checkFormat(field, toText(field, value));
			return field.picker === 'account' ? accountOrInstance(text) : text;
		}
	}
}

/** Plain text is an instance ID, as the trigger outputs it, unless it can only be a WeChat ID. */
function accountOrInstance(text: string): unknown {
	if (isSurelyId(text)) return new Account(text);
	return mayBeWeChatId(text) ? new Account(text, true) : text;
}

/** A field that has become plain text again may still hold what was chosen in it before. */
function mayBeLocator({ picker }: Field, value: Record<string, unknown>): boolean {
	return picker !== undefined || value.__rl === true;
}

function chosen(field: Field, { mode, value }: Locator): unknown {
	const given = toWire(field, value);
	if (field.picker !== 'account' || isInstanceIdMode(mode)) return given;
	if (given instanceof Account) return new Account(given.wcId);
	// Of the trigger's two values users also take the other one: an instance ID is never a WeChat ID.
	return typeof given === 'string' && !isInstanceId(given) ? new Account(given) : given;
}

/** Whether a parameter's value stands for nothing. */
export function isEmpty(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		value === '' ||
		(Array.isArray(value) && value.length === 0)
	);
}

/** What is sent for a field without a value: nothing, the start value the vendor wants, or a complaint. */
function emptyValue(field: Field): unknown {
	if (field.sendEmpty) {
		if (field.type === 'cursor') return null;
		if (field.type === 'int') return Number(field.default ?? 0);
		return field.type === 'int64' ? BigInt(field.default ?? 0) : String(field.default ?? '');
	}
	if (field.optional) return undefined;
	throw new InvalidInput(field, 'is empty', 'Enter a value. Eyun requires it');
}

function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : stringifyExact(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function toText(field: Field, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
		return String(value);
	}
	throw new InvalidInput(
		field,
		`takes text, not ${Array.isArray(value) ? 'a list' : 'an object'}`,
		'Choose one value of it in the expression',
	);
}

function toInt(field: Field, value: unknown): number {
	const text = toText(field, value).trim();
	const number = Number(text);
	if (text === '' || !Number.isSafeInteger(number)) {
		throw new InvalidInput(
			field,
			`takes a whole number, not "${shown(value)}"`,
			'Enter digits only',
		);
	}
	const { min = -Infinity, max = Infinity } = field;
	if (number < min || number > max) {
		const range = max === Infinity ? `at least ${min}` : `between ${min} and ${max}`;
		throw new InvalidInput(
			field,
			`must be ${range}, not ${number}`,
			'Enter a number in this range',
		);
	}
	return number;
}

function toBoolean(field: Field, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	const text = toText(field, value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new InvalidInput(
		field,
		`takes true or false, not "${shown(value)}"`,
		'Switch it on or off',
	);
}

function toInt64(field: Field, value: unknown): bigint {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw new InvalidInput(
			field,
			`got the number ${value}, whose last digits JavaScript has already rounded`,
			'Pass the ID as text; this package always outputs such IDs as text',
		);
	}
	const text = toText(field, value).trim();
	if (!/^-?\d+$/.test(text)) {
		throw new InvalidInput(
			field,
			`takes a whole number, not "${shown(value)}"`,
			'Enter digits only',
		);
	}
	const id = BigInt(text);
	if (id < SMALLEST_ID || id > LARGEST_ID) {
		throw new InvalidInput(
			field,
			`got ${shown(text)}, which has more than 64 bits`,
			'Check the ID',
		);
	}
	return id;
}

/** Text is cut at the separator, at the full-width comma of Chinese keyboards and at line ends. */
function split(field: Field, text: string): string[] {
	const parts =
		field.separator === ';' ? text.split(/[;；\n]|,(?=\s*https?:)/) : text.split(/[,，\n]/);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function parsedArray(text: string): unknown[] | undefined {
	if (!/^\s*\[/.test(text)) return undefined;
	try {
		const value: unknown = parseExact(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function toItems(field: Field, value: unknown): string[] {
	const given = typeof value === 'string' ? (parsedArray(value) ?? value) : value;
	const items = Array.isArray(given)
		? given.map((entry) => toText(field, entry).trim()).filter((entry) => entry !== '')
		: split(field, toText(field, given));
	if (items.length === 0) throw new InvalidInput(field, 'is empty', 'Enter at least one value');
	const { maxItems } = field;
	if (maxItems !== undefined && items.length > maxItems) {
		throw new InvalidInput(
			field,
			`takes at most ${maxItems} values in one call, not ${items.length}`,
			'Spread them over several items, for example with Loop Over Items',
		);
	}
	return items.map((entry) => checkFormat(field, entry));
}

function parsedObject(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return parseExact(value);
	} catch {
		return value;
	}
}

function toObject(field: Field, value: unknown): Record<string, unknown> | undefined {
	const given = parsedObject(value);
	if (typeof given !== 'object' || given === null || Array.isArray(given)) {
		throw new InvalidInput(field, `takes an object, not "${shown(value)}"`, 'Fill in its fields');
	}
	// In the editor the members stand in the one group of a fixedCollection.
	const members = ('values' in given ? given.values : given) as Record<string, unknown>;
	if (Object.keys(members).length === 0) return emptyValue(field) as undefined;
	return Object.fromEntries(
		(field.fields ?? []).map((member) => [member.name, toWire(member, members[member.name])]),
	);
}

function toCursor(field: Field, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return parsedArray(value) ?? (value.trim() === 'null' ? emptyValue(field) : value);
}
