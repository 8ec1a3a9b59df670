/** The catalogue keeps to its own style; see descriptionLint for what n8n's lint asks of it. */
import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field, Operation, Resource } from '../../nodes/Eyun/catalogue/types';
import { styleFlaws } from '../support/catalogueStyle.cts';

const FIELD: Field = { name: 'wcId', label: 'WeChat ID', type: 'string' };

const OPERATION: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a thing',
	path: '/getThing',
	title: '获取',
	reads: true,
	fields: [FIELD],
};

function resource(...operations: Operation[]): Resource {
	return { value: 'thing', name: 'Thing', chinese: '东西', operations };
}

/** The flaws of an otherwise right operation. */
function inOperation(change: Partial<Operation>): string[] {
	return styleFlaws([resource({ ...OPERATION, ...change })]);
}

/** The flaws of an otherwise right field, without the place. */
function inField(change: Partial<Field>): string[] {
	const place = `thing.get.${change.name ?? FIELD.name}: `;
	return inOperation({ fields: [{ ...FIELD, ...change }] }).map((flaw) => flaw.replace(place, ''));
}

describe('the catalogue', () => {
	it('keeps to its style', () => {
		expect(styleFlaws(catalogue)).toEqual([]);
	});
});

describe('styleFlaws', () => {
	it('finds nothing in what is right', () => {
		expect(inOperation({})).toEqual([]);
		expect(inOperation({ action: 'Send a thing', path: '/sendThing', reads: undefined })).toEqual(
			[],
		);
		expect(inOperation({ description: 'Get it from E云', timeout: 250 })).toEqual([]);
		expect(
			inOperation({ action: 'Get the reason', path: '/offlineReason', reads: undefined }),
		).toEqual([]);
	});

	it('finds an action that two operations share', () => {
		const other: Resource = { ...resource(OPERATION), value: 'other' };
		expect(styleFlaws([resource(OPERATION), other])).toEqual([
			'thing.get: action "Get a thing" twice',
			'other.get: action "Get a thing" twice',
		]);
	});

	it.each<[Partial<Operation>, string]>([
		[{ path: '/sendThing' }, 'reads, but /sendThing changes something'],
		[{ path: '/things/delThing' }, 'reads, but /things/delThing changes something'],
		[{ action: 'Follow a thing' }, 'reads, but its action is "Follow a thing"'],
		[{ reads: undefined }, 'does not read, but its action is "Get a thing"'],
		[{ path: '/offlineReason' }, 'reads, but its action is "Get a thing"'],
		[{ deletes: true }, 'deletes, but its action is "Get a thing"'],
		[{ description: 'get a thing' }, 'description repeats the action'],
		[{ description: 'Get one thing.' }, 'final period: "Get one thing."'],
		[{ name: 'Get 微信' }, 'not English: "Get 微信"'],
		[{ name: 'Get （One）' }, 'not English: "Get （One）"'],
		[{ action: 'Get a  thing' }, 'spaces: "Get a  thing"'],
		[{ name: '' }, 'spaces: ""'],
		[{ timeout: 30 }, 'timeout of 30 seconds'],
		[{ timeout: 301 }, 'timeout of 301 seconds'],
	])('finds what is wrong with the operation %j', (change, flaw) => {
		expect(inOperation(change)).toEqual([`thing.get: ${flaw}`]);
	});

	it.each<Partial<Field>>([
		{ description: 'Who it is', placeholder: 'e.g. wxid_1' },
		{ type: 'list', separator: ',', maxItems: 20, format: 'url', label: 'Image URLs' },
		{ type: 'int', min: 1, max: 9, default: 0 },
		{ type: 'int', choices: [{ name: 'On, Off, Etc.', value: 1 }], default: 1 },
		{ type: 'boolean', default: false, description: 'Whether it is so' },
		{ type: 'int64', sendEmpty: true, default: '0' },
		{ type: 'object', fields: [{ ...FIELD, name: 'size', type: 'int' }] },
		{ name: 'password', secret: true, rows: 2 },
	])('finds nothing in the field %j', (change) => {
		expect(inField(change)).toEqual([]);
	});

	it.each<[Partial<Field>, string]>([
		[{ description: 'WeChat id' }, 'description repeats the name'],
		[{ description: 'The one.' }, 'final period: "The one."'],
		[{ description: 'An ID, e.g. wxid_1' }, 'description with "e.g."'],
		[{ placeholder: 'wxid_1' }, 'placeholder without "e.g. "'],
		[{ label: '微信号' }, 'not English: "微信号"'],
		[
			{ choices: [{ name: 'One', value: 'a', description: 'one' }] },
			'description repeats the name',
		],
		[{ choices: [{ name: 'One', value: 'a', description: 'A.' }] }, 'final period: "A."'],
		[{ choices: [] }, 'no choices'],
		[{ type: 'int64', choices: [{ name: 'One', value: '1' }] }, 'choices of a int64'],
		[{ separator: ',' }, 'separator of a string'],
		[{ type: 'list' }, 'separator of a list'],
		[{ maxItems: 20 }, 'maxItems of a string'],
		[{ type: 'array', maxItems: 0 }, 'maxItems of a array'],
		[{ type: 'int', rows: 4 }, 'rows of a int'],
		[{ min: 1 }, 'range of a string'],
		[{ type: 'int', min: 2, max: 1, default: 0 }, 'empty range'],
		[{ type: 'int', secret: true }, 'secret int'],
		[{ name: 'proxyPassword' }, 'secret or not'],
		[{ secret: true }, 'secret or not'],
		[{ type: 'object' }, 'members of a object'],
		[{ fields: [] }, 'members of a string'],
		[{ type: 'int', format: 'id' }, 'format of a int'],
		[{ label: 'Image URL' }, 'called URL, but not checked as one'],
		[{ media: { kind: 'image' } }, 'file without an address or content'],
		[{ format: 'url', media: { kind: 'image', maxBytes: 50 } }, 'limit of no file'],
		[{ type: 'boolean', description: 'It is so' }, 'no "Whether"'],
		[{ type: 'boolean', description: 'Whether so', sendEmpty: true }, 'empty boolean'],
		[{ alsoSentAs: 'wcId' }, 'sent twice under one name'],
		[{ default: 1 }, 'default 1 of a string'],
		[{ type: 'int', default: '1' }, 'default "1" of a int'],
		[{ type: 'int', default: 1.5 }, 'default 1.5 of a int'],
		[{ type: 'int64', default: 'none' }, 'default "none" of a int64'],
		[{ type: 'int64', default: 0 }, 'default 0 of a int64'],
		[{ type: 'cursor', default: '' }, 'default "" of a cursor'],
		[{ type: 'int', min: 5, default: 4 }, 'default 4 outside the range'],
		[{ type: 'int', max: 5, default: 6 }, 'default 6 outside the range'],
		[{ sendEmpty: true, default: 'x' }, 'sent empty, but is not'],
	])('finds what is wrong with the field %j', (change, flaw) => {
		expect(inField(change)).toEqual([flaw]);
	});

	it('finds what is wrong with a member', () => {
		const size: Field = { name: 'size', label: 'Size', type: 'int', rows: 2 };
		expect(inOperation({ fields: [{ ...FIELD, type: 'object', fields: [size] }] })).toEqual([
			'thing.get.wcId.size: rows of a int',
		]);
	});
});
