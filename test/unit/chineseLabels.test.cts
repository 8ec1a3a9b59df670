/** Users know the words of Eyun's pages: every field of the catalogue and every operation has them. */
import type { INodePropertyOptions } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Field } from '../../nodes/Eyun/catalogue/types';
import {
	chineseLabel,
	LABELS_IN_CHINESE,
	withChinese,
} from '../../nodes/Eyun/description/chineseLabels';
import { Eyun } from '../../nodes/Eyun/Eyun.node';

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

it('every operation of Eyun is listed with its Chinese title', () => {
	const options = new Eyun().description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) => property.options as INodePropertyOptions[]);
	for (const { operations } of catalogue) {
		for (const { action, title, path } of operations) {
			const listed = options.find((option) => option.action === action);
			expect(listed?.description).toContain(`(${title}, POST ${path})`);
		}
	}
});

it.each<[string | undefined, string | undefined, string | undefined]>([
	['The group', '群', 'The group (群)'],
	['The group. Any of them.', '群', 'The group. Any of them (群).'],
	['The group', undefined, 'The group'],
	[undefined, '群', '群'],
	[undefined, undefined, undefined],
])('%j with %j is %j', (text, chinese, expected) => {
	expect(withChinese(text, chinese)).toBe(expected);
});
