/** Users know the words of Eyun's pages: every field of the catalogue and every operation has them. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field } from '../../nodes/Eyun/catalogue/types';
import { withChinese } from '../../nodes/Eyun/common/labels/chinese';
import { chineseLabel, LABELS_IN_CHINESE } from '../../nodes/Eyun/description/chineseLabels';
import { Eyun } from '../../nodes/Eyun/Eyun.node';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node';

function labelsOf(fields: readonly Field[]): string[] {
	return fields.flatMap(({ label, fields: members = [] }) => [label, ...labelsOf(members)]);
}

const labels = new Set(
	catalogue.flatMap(({ operations }) => operations.flatMap(({ fields }) => labelsOf(fields))),
);

it('every label of the catalogue has Chinese words, and no other', () => {
	expect([...labels].filter((label) => chineseLabel(label) === undefined)).toEqual([]);
	expect(LABELS_IN_CHINESE.filter((label) => !labels.has(label))).toEqual([]);
});

it('the editor shows them behind the description', () => {
	const { properties } = new Eyun().description;
	const described = (label: string) =>
		properties.find(({ displayName }) => displayName === label)?.description;
	expect(described('Group')).toMatch(/ \(群\)\.?$/);
	expect(described('Label Name')).toContain('标签名称');
});

const optionsOf = (name: string, properties: INodeProperties[]) =>
	properties
		.filter((property) => property.name === name)
		.flatMap((property) => property.options as INodePropertyOptions[]);

const { properties: ofNode } = new Eyun().description;
const { properties: ofTrigger } = new EyunTrigger().description;

it('every operation of Eyun is listed with its Chinese title', () => {
	for (const { operations } of catalogue) {
		for (const { action, title, path } of operations) {
			const listed = optionsOf('operation', ofNode).find((option) => option.action === action);
			expect(`${listed?.name} ${listed?.description}`).toContain(title);
			expect(listed?.description).toContain(`POST ${path})`);
		}
	}
});

// The editor's lists are filtered by their names, and by nothing else (n8n 2.41.1).
it.each([
	['resource', ofNode, ['群', '朋友圈', '视频号', '消息']],
	['operation', ofNode, ['群', '发消息', '朋友圈', '标签']],
	['events', ofTrigger, ['群', '私聊', '好友', '转账']],
])(
	'the names in %s have Chinese words, by which the list is filtered',
	(name, properties, words) => {
		const names = optionsOf(name, properties).map((option) => option.name);
		// n8n's lint allows Get Many no other name.
		const free = names.filter((one) => one !== 'Get Many');
		expect(free.filter((one) => !/^[\x20-\x7e]+ \(.+\)$/.test(one))).toEqual([]);
		for (const word of words) expect(names.filter((one) => one.includes(word))).not.toEqual([]);
	},
);

it.each<[string | undefined, string | undefined, string | undefined]>([
	['The group', '群', 'The group (群)'],
	['The group. Any of them.', '群', 'The group. Any of them (群).'],
	['The group', undefined, 'The group'],
	[undefined, '群', '群'],
	[undefined, undefined, undefined],
])('%j with %j is %j', (text, chinese, expected) => {
	expect(withChinese(text, chinese)).toBe(expected);
});
