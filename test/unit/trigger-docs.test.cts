import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties } from 'n8n-workflow';

import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import { LATEST_RESPONSE_MS } from '../../nodes/Eyun/trigger/webhook/respond.ts';
import { ALL_EVENTS } from '../../nodes/Eyun/callbacks/events.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';
import { CHINESE_NOTES } from '../../scripts/lib/eventNotes.cts';
import { renderChineseTriggerDoc, renderTriggerDoc } from '../../scripts/lib/triggerDoc.cts';

// That the table of events is current is checked with all derived documents (docs.test.cts).

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'trigger.md'), 'utf8');
const { description } = new EyunTrigger();

/** The first column of the table under a heading. */
function firstColumn(heading: string): string[] {
	const [, section] = text.split(new RegExp(`^###? ${heading}$`, 'm'));
	const [table] = section.split(/^#/m);
	return [...table.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell).slice(2);
}

it('explains every output field, in the order of the output', () => {
	const fields = Object.keys(toOutput({ messageType: '1', code: '1', data: {} }));
	expect(firstColumn('Output')).toEqual(fields.map((field) => `\`${field}\``));
});

it('explains every parameter', () => {
	const properties = description.properties.filter(({ type }) => type !== 'notice');
	const names = properties.flatMap(({ displayName, name, options = [] }) =>
		name === 'options'
			? options
					// Those of earlier versions have a paragraph of their own.
					.filter((option) => !('displayOptions' in option))
					.map(
						(option) => `Options → ${'displayName' in option ? option.displayName : option.name}`,
					)
			: [displayName],
	);
	expect(firstColumn('Parameters')).toEqual(names);
});

it('names every event and message type', () => {
	for (const { event, messageType } of ALL_EVENTS) {
		expect(text).toContain(`\`${event}\``);
		expect(text).toContain(`\`${messageType}\``);
	}
});

it('says how long an answer takes at most, and the setting that makes n8n fast', () => {
	expect(text).toContain(`${LATEST_RESPONSE_MS} ms`);
	expect(text).toContain('N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true');
});

it('has Chinese for the notes that events have, and for no others', () => {
	const notes = ALL_EVENTS.flatMap(({ note }) => note ?? []);
	expect(Object.keys(CHINESE_NOTES).sort()).toEqual([...new Set(notes)].sort());
});

it('is refused without a place for the table', () => {
	expect(() => renderTriggerDoc('# Trigger')).toThrow('events: begin');
	expect(() => renderChineseTriggerDoc('# Trigger')).toThrow('events: begin');
});

describe('the description', () => {
	it('starts above version 1 and has no expression in its webhook', () => {
		expect(description).toMatchObject({ version: [1.1], defaultVersion: 1.1 });
		expect(JSON.stringify(description.webhooks)).not.toMatch(/"=|\{\{/);
	});

	it('takes no expressions in its parameters', () => {
		const { properties } = description;
		const options = properties.find(({ name }) => name === 'options')?.options ?? [];
		const typed = properties.filter(({ name, type }) => name !== 'options' && type !== 'notice');
		for (const property of [...typed, ...(options as INodeProperties[])]) {
			expect([property.name, property.noDataExpression]).toEqual([property.name, true]);
		}
	});
});
