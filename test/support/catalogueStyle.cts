/** What the catalogue must keep to beyond types, the vendor's facts and n8n's lint. */
import type { Field, Operation, Resource } from '../../nodes/Eyun/catalogue/types';

/** A path whose last part begins so changes something. */
const WRITING_PATH =
	/^(accept|add|agree|asyn|cancel|create|del|forward|init|invite|mod|modify|operate|privateSend|publish|quit|revoke|scan|send|set|sns|update|upload)/i;

/** An action that begins so only reads. */
const READING_ACTION = /^(Get|Search|Check|Download) /;

/** Where words and effect do not agree, and why. */
const NOT_AS_NAMED = new Map([
	['/iPadLogin', 'its QR code begins a login'],
	['/member/login', 'it answers the same permanent token each time'],
	['/offlineReason', 'asking again breaks the limit of once in 12 hours'],
]);

/** Seconds the node waits unless an operation says otherwise, and n8n's own limit for one request. */
const USUAL_TIMEOUT = 30;
const LONGEST_TIMEOUT = 300;

/** Characters and full-width punctuation. */
const CHINESE = /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]/;

const SECRET_NAME = /password|token|secret/i;

/**
 * Looks for what is against the style of the catalogue.
 *
 * @returns one line for each flaw, naming operation and field; none when all is well
 */
export function styleFlaws(resources: readonly Resource[]): string[] {
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			where: `${resource.value}.${operation.value}`,
			operation,
		})),
	);
	const actions = operations.map(({ operation }) => operation.action);
	return operations.flatMap(({ where, operation }) => [
		...(actions.indexOf(operation.action) === actions.lastIndexOf(operation.action)
			? []
			: [`${where}: action "${operation.action}" twice`]),
		...operationFlaws(operation).map((flaw) => `${where}: ${flaw}`),
		...operation.fields.flatMap((field) => fieldFlaws(`${where}.${field.name}`, field)),
	]);
}

function operationFlaws(operation: Operation): string[] {
	const { name, action, description, path, reads = false, deletes = false, timeout } = operation;
	const lastPart = path.slice(path.lastIndexOf('/') + 1);
	const saysReads = READING_ACTION.test(action) !== NOT_AS_NAMED.has(path);
	return flaws(
		...wordFlaws(name, action, description),
		...periodFlaws(action, description),
		[reads && WRITING_PATH.test(lastPart), `reads, but ${path} changes something`],
		[reads !== saysReads, `${reads ? 'reads' : 'does not read'}, but its action is "${action}"`],
		[sameText(action, description), 'description repeats the action'],
		[
			/^Delete /.test(action) !== deletes,
			`${deletes ? 'deletes' : 'does not delete'}, but its action is "${action}"`,
		],
		[
			timeout !== undefined && (timeout <= USUAL_TIMEOUT || timeout > LONGEST_TIMEOUT),
			`timeout of ${timeout} seconds`,
		],
	);
}

function fieldFlaws(where: string, field: Field): string[] {
	const { label, description, placeholder, choices = [] } = field;
	const names = [label, ...choices.map((choice) => choice.name)];
	const descriptions = [description, ...choices.map((choice) => choice.description)];
	const own = flaws(
		...wordFlaws(...names, ...descriptions, placeholder),
		...periodFlaws(...descriptions),
		...shapeFlaws(field),
		...valueFlaws(field),
		[
			names.some((name, index) => sameText(name, descriptions[index])),
			'description repeats the name',
		],
		[placeholder !== undefined && !placeholder.startsWith('e.g. '), 'placeholder without "e.g. "'],
		[descriptions.some((text) => text?.includes('e.g.')), 'description with "e.g."'],
	);
	return [
		...own.map((flaw) => `${where}: ${flaw}`),
		...(field.fields ?? []).flatMap((member) => fieldFlaws(`${where}.${member.name}`, member)),
	];
}

type Check = readonly [wrong: boolean, flaw: string];

function flaws(...checks: readonly Check[]): string[] {
	return checks.filter(([wrong]) => wrong).map(([, flaw]) => flaw);
}

type Texts = ReadonlyArray<string | undefined>;

/** All that users read is English, but for the vendor's name, and neatly spaced. */
function wordFlaws(...texts: Texts): Check[] {
	return texts.flatMap((text = 'none'): Check[] => [
		[CHINESE.test(text.replaceAll('E云', '')), `not English: "${text}"`],
		[text === '' || text !== text.trim() || /\s\s/.test(text), `spaces: "${text}"`],
	]);
}

/** Notes are appended to descriptions, so none ends in a period. */
function periodFlaws(...texts: Texts): Check[] {
	return texts.map((text): Check => [text?.endsWith('.') === true, `final period: "${text}"`]);
}

function sameText(one: string, other: string | undefined): boolean {
	return one.toLowerCase() === other?.toLowerCase();
}

/** Each trait only on the types that heed it. */
function shapeFlaws(field: Field): Check[] {
	const { type, separator, maxItems, rows, min, max, secret, fields, choices, format } = field;
	const several = type === 'list' || type === 'array';
	const address = /\bURLs?$/.test(field.label);
	return [
		[(separator !== undefined) !== (type === 'list'), `separator of a ${type}`],
		[maxItems !== undefined && (!several || maxItems < 1), `maxItems of a ${type}`],
		[rows !== undefined && type !== 'string', `rows of a ${type}`],
		[(min !== undefined || max !== undefined) && type !== 'int', `range of a ${type}`],
		[min !== undefined && max !== undefined && min > max, 'empty range'],
		[secret === true && type !== 'string', `secret ${type}`],
		[type === 'string' && SECRET_NAME.test(field.name) !== (secret === true), 'secret or not'],
		[(fields !== undefined) !== (type === 'object'), `members of a ${type}`],
		[choices !== undefined && type !== 'int' && type !== 'string', `choices of a ${type}`],
		[choices?.length === 0, 'no choices'],
		[format !== undefined && type !== 'string' && !several, `format of a ${type}`],
		[address && format !== 'url', 'called URL, but not checked as one'],
		[
			field.media !== undefined && format !== 'url' && format !== 'dataUri',
			'file without an address or content',
		],
		[field.media?.maxBytes !== undefined && field.media.maxBytes < 1024, 'limit of no file'],
		[type === 'boolean' && !field.description?.startsWith('Whether '), 'no "Whether"'],
		[field.alsoSentAs === field.name, 'sent twice under one name'],
		[type === 'boolean' && field.sendEmpty === true, 'empty boolean'],
	];
}

/** Defaults must fit the type, and what is sent as empty must be empty. */
function valueFlaws({ type, default: initial, sendEmpty, min, max }: Field): Check[] {
	const unset = initial === undefined;
	const number = typeof initial === 'number' ? initial : undefined;
	const outside =
		number !== undefined && (number < (min ?? -Infinity) || number > (max ?? Infinity));
	const fits: Record<Field['type'], boolean> = {
		string: typeof initial === 'string',
		int: Number.isSafeInteger(initial),
		boolean: typeof initial === 'boolean',
		int64: typeof initial === 'string' && /^-?\d+$/.test(initial),
		list: initial === '',
		array: initial === '',
		object: false,
		cursor: false,
	};
	return [
		[!unset && !fits[type], `default ${JSON.stringify(initial)} of a ${type}`],
		// A 0 outside the range is refused, which makes the user choose a number.
		[outside && initial !== 0, `default ${initial} outside the range`],
		[
			sendEmpty === true && !unset && !['', '0'].includes(String(initial)),
			'sent empty, but is not',
		],
	];
}
