/** The catalogue and the vendor's facts (spec/endpoints.json) say the same, both ways. */
import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field, Resource } from '../../nodes/Eyun/catalogue/types';
import type { CatalogueFacts } from '../../spec/catalogueFacts.cts';
import { catalogueFacts } from '../../spec/catalogueFacts.cts';
import { describes, operations as endpoints } from '../../spec/endpoints.cts';
import type { Operation as Endpoint } from '../../spec/endpoints.cts';
import responses from '../../spec/responses.json';
import { compare } from '../support/compareCatalogue.cts';

/** Their tables list fields of the answer as parameters; the real request is empty (spec/FACTS.md: Anomalies). */
const WITHOUT_PARAMETERS = [
	'te_shu_getReqTimes',
	'te_shu_getUserFlow',
	'wei_xin_guan_li_duan_xian_chong_lian',
	'xiao_xi_jie_shou_qu_xiao_xiao_xi_jie_shou',
];

describe('the catalogue', () => {
	it('agrees with spec/endpoints.json in every operation and parameter', () => {
		expect(compare(endpoints, catalogue)).toEqual([]);
	});

	it('has answers to every operation in spec/responses.json, which has no others', () => {
		const answered = Object.entries(responses).map(([operationId, { path }]) => [
			operationId,
			path,
		]);
		const known = endpoints.map(({ operationId, path }) => [operationId, path]);
		expect(answered.sort()).toEqual(known.sort());
	});

	it.each(WITHOUT_PARAMETERS)('sends nothing for %s', (operationId) => {
		const endpoint = endpoints.find((entry) => entry.operationId === operationId)!;
		const found = catalogue
			.flatMap(({ operations }) => operations)
			.filter((operation) => describes(operation, endpoint, catalogueFacts));
		expect(found.map(({ fields }) => fields)).toEqual([[]]);
	});
});

describe('compare', () => {
	type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

	const SPEC: Endpoint[] = [
		{
			operationId: 'm_send',
			module: 'm',
			title: '发送',
			path: '/send',
			authorization: true,
			params: [
				{ name: 'wcId', type: 'string', required: true },
				{ name: 'at', type: 'string', required: true, values: { 'notify@all': 'everyone' } },
				{ name: 'kind', type: 'int', required: true, values: { 0: 'plain', 10: 'rich' } },
				{ name: 'maxId', type: 'long', required: true, values: { 0: 'page 1' } },
				{ name: 'cookie', type: 'string', required: false, values: { '': 'page 1' } },
				{ name: 'video', type: 'object', required: false },
				{ name: 'video.size', type: 'int', required: true },
			],
		},
		{
			operationId: 'm_list',
			module: 'm',
			title: '列表',
			path: '/list',
			authorization: true,
			params: [],
		},
	];

	const RIGHT: Resource = {
		value: 'thing',
		name: 'Thing',
		chinese: '东西',
		operations: [
			{
				value: 'send',
				name: 'Send',
				action: 'Send a thing',
				path: '/send',
				title: '发送',
				fields: [
					{ name: 'wcId', label: 'ID', type: 'string', alsoSentAs: 'myId' },
					{ name: 'at', label: 'At', type: 'list', description: 'IDs, or notify@all' },
					{
						name: 'kind',
						label: 'Kind',
						type: 'int',
						choices: [
							{ name: 'Plain', value: 0 },
							{ name: 'Rich', value: 10 },
						],
						default: 10,
					},
					{ name: 'maxId', label: 'Last', type: 'int64', sendEmpty: true },
					{ name: 'cookie', label: 'Cookie', type: 'string', optional: true },
					{
						name: 'video',
						label: 'Video',
						type: 'object',
						optional: true,
						fields: [{ name: 'size', label: 'Size', type: 'int' }],
					},
					{ name: 'extra', label: 'Extra', type: 'string' },
				],
			},
			{
				value: 'list',
				name: 'List',
				action: 'List things',
				path: '/list',
				title: '列表',
				fields: [],
			},
		],
	};

	const FACTS: CatalogueFacts = {
		modules: { thing: 'm' },
		sharedPaths: {},
		undocumented: { '/send': { extra: 'seen in an example' } },
		choices: {},
		sendsNothing: {},
	};

	/** Compares with a copy of the right catalogue after one change. */
	function afterChange(change: (resource: Mutable<Resource>) => void): string[] {
		const copy = structuredClone(RIGHT) as Mutable<Resource>;
		change(copy);
		return compare(SPEC, [copy], FACTS);
	}

	/** Compares with other facts about the catalogue. */
	const withFacts = (change: Partial<CatalogueFacts>) =>
		compare(SPEC, [RIGHT], { ...FACTS, ...change });

	/** The same, changing one field of m_send. */
	function withField(name: string, change: Partial<Field>): string[] {
		return afterChange(({ operations: [{ fields }] }) => {
			Object.assign(
				fields.find((field) => field.name === name)!,
				change,
			);
		});
	}

	/** The same without the named field. */
	function withoutField(name: string): string[] {
		return afterChange(({ operations: [send] }) => {
			send.fields = send.fields.filter((field) => field.name !== name);
		});
	}

	it('finds nothing where both agree', () => {
		expect(compare(SPEC, [RIGHT], FACTS)).toEqual([]);
	});

	it.each<[string, () => string[], string]>([
		[
			'an operation left out',
			() => afterChange((r) => r.operations.pop()),
			'm_list: declared 0 times',
		],
		[
			'an operation declared twice',
			() =>
				afterChange(({ operations }) => {
					operations.push({ ...operations[1], value: 'list2', name: 'List 2' });
				}),
			'm_list: declared 2 times',
		],
		[
			'an operation nobody knows',
			() =>
				afterChange(({ operations }) => {
					operations.push({ ...operations[1], value: 'x', name: 'X', path: '/x' });
				}),
			'/x (x): unknown to the spec',
		],
		[
			'another path',
			() => afterChange((r) => (r.operations[1].path = '/List')).slice(0, 1),
			'm_list: declared 0 times',
		],
		['a field left out', () => withoutField('wcId'), 'm_send.wcId: missing'],
		['a member left out', () => withField('video', { fields: [] }), 'm_send.video.size: missing'],
		[
			'a field nobody knows',
			() => withFacts({ undocumented: {} }),
			'm_send.extra: unknown to the spec',
		],
		[
			'a source for what the spec has',
			() => withFacts({ undocumented: { '/send': { extra: 'seen', wcId: 'seen' } } }),
			'm_send.wcId: has a source, but stands in the spec',
		],
		['another type', () => withField('maxId', { type: 'int' }), 'm_send.maxId: type int for long'],
		[
			'required made optional',
			() => withField('wcId', { optional: true }),
			'm_send.wcId: required',
		],
		[
			'optional made required',
			() => withField('video', { optional: undefined }),
			'm_send.video: optional',
		],
		[
			'a member made optional',
			() =>
				withField('video', {
					fields: [{ name: 'size', label: 'Size', type: 'int', optional: true }],
				}),
			'm_send.video.size: required',
		],
		[
			'a choice left out',
			() => withField('kind', { choices: [{ name: 'Rich', value: 10 }] }),
			'm_send.kind: value "0" missing',
		],
		[
			'a choice nobody knows',
			() => withField('wcId', { choices: [{ name: 'A', value: 'a' }] }),
			'm_send.wcId: choice "a" unknown to the spec',
		],
		[
			'a choice of another type',
			() =>
				withField('kind', {
					choices: [
						{ name: 'Plain', value: '0' },
						{ name: 'Rich', value: 10 },
					],
				}),
			'm_send.kind: choice "0" is no int',
		],
		[
			'a choice name twice',
			() =>
				withField('kind', {
					choices: [
						{ name: 'Rich', value: 0 },
						{ name: 'Rich', value: 10 },
					],
				}),
			'm_send.kind: choice Rich twice',
		],
		[
			'a default that is no choice',
			() => withField('kind', { default: 1 }),
			'm_send.kind: default "1" is no choice',
		],
		[
			'a start value not sent',
			() => withField('maxId', { sendEmpty: undefined }),
			'm_send.maxId: value "0" missing',
		],
		[
			'another start value',
			() => withField('cookie', { default: 'x' }),
			'm_send.cookie: value "" missing',
		],
		[
			'a special text not told',
			() => withField('at', { description: 'IDs' }),
			'm_send.at: value "notify@all" missing',
		],
		[
			'one name for two values',
			() => withField('wcId', { alsoSentAs: 'at' }),
			'm_send.at: sent twice',
		],
		[
			'two operations with one value',
			() => afterChange((r) => (r.operations[1].value = 'send')),
			'thing: value send twice',
		],
		[
			'two operations with one name',
			() => afterChange((r) => (r.operations[1].name = 'Send')),
			'thing: name Send twice',
		],
	])('finds %s', (_what, found, problem) => {
		expect(found()).toEqual([problem]);
	});

	it.each<[string, Partial<CatalogueFacts>, string]>([
		['a resource', { modules: { thing: 'm', other: 'o' } }, 'facts: no resource other'],
		[
			'an operation',
			{ sharedPaths: { '/else': { send: 'm_x' } } },
			'facts: no operation send with /else',
		],
		[
			'a field',
			{ undocumented: { '/send': { extra: 'seen', gone: 'seen' } } },
			'facts: no field gone in /send',
		],
		['choices', { choices: { '/send': { gone: 'seen' } } }, 'facts: no field gone in /send'],
	])('finds facts about %s that the catalogue does not have', (_what, change, problem) => {
		expect(withFacts(change)).toEqual([problem]);
	});

	it('lets choices pass that have a source of their own', () => {
		const found = () =>
			afterChange(({ operations: [{ fields }] }) => {
				fields[2].choices = [...(fields[2].choices ?? []), { name: 'New', value: 11 }];
			});
		expect(found()).toEqual(['m_send.kind: choice "11" unknown to the spec']);
		const copy = structuredClone(RIGHT) as Mutable<Resource>;
		copy.operations[0].fields[2].choices!.push({ name: 'New', value: 11 });
		const choices = { '/send': { kind: 'seen' } };
		expect(compare(SPEC, [copy], { ...FACTS, choices })).toEqual([]);
	});

	it('finds another title', () => {
		expect(afterChange(({ operations: [send] }) => (send.title = '收'))).toEqual([
			'm_send: title 收',
		]);
	});

	it('tells operations that share a path apart by their facts', () => {
		const shared = {
			...RIGHT,
			operations: RIGHT.operations.map((operation) => ({ ...operation, path: '/send' })),
		};
		const endpoints = SPEC.map((endpoint) => ({ ...endpoint, path: '/send' }));
		const sharedPaths = { '/send': { send: 'm_send', list: 'm_list' } };
		expect(compare(endpoints, [shared], { ...FACTS, sharedPaths })).toEqual([]);
		expect(compare(endpoints, [shared], FACTS)).toContain('m_send: declared 2 times');
	});

	it('finds another module and two resources with one value', () => {
		expect(withFacts({ modules: { thing: 'n' } })).toEqual([
			'm_send: module n',
			'm_list: module n',
		]);
		expect(compare(SPEC, [RIGHT, { ...RIGHT, operations: [] }], FACTS)).toEqual([
			'resources: value thing twice',
			'resources: name Thing twice',
		]);
	});
});
