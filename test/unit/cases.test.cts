import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ReceivedEvent } from '../../nodes/Eyun/callbacks/event';
import { readEvent } from '../../nodes/Eyun/callbacks/event';
import { mismatches } from '../support/expectations.cts';

/** Callbacks as public reports and files have them, each with what is right; see the README beside them. */

const FOLDER = join(__dirname, '..', 'fixtures', 'cases');
const NAMES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.expect.json'))
	.map((name) => name.slice(0, -'.expect.json'.length));

interface Case {
	mode: string;
	right: string;
	expect: Record<string, unknown>;
}

const caseOf = (name: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${name}.expect.json`), 'utf8')) as Case;

describe('a callback as others have seen it', () => {
	const callbacks = NAMES.filter((name) => caseOf(name).mode === 'callback');

	it.each(callbacks)('%s', (name) => {
		const { expect: expected, right } = caseOf(name);
		const event = readEvent(readFileSync(join(FOLDER, `${name}.json`))) as ReceivedEvent;
		expect([right, ...mismatches(event.complete(), expected)]).toEqual([right]);
	});
});
