import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	answerSignedLinksOnly,
	OLDEST_N8N,
	refuseOlderN8n,
	refuseUnservedAddress,
} from '../../nodes/Eyun/common/n8n/olderN8n.ts';
import { isOlder, N8N_VERSION } from '../../scripts/lib/n8n-install.cts';

/** What the nodes do on an n8n that lacks something, or wants something more. */

const ROOT = join(__dirname, '..', '..');
const getNode = () => ({ name: 'Eyun WeChat' });

it('refuses an n8n without what the nodes call, and names the oldest one', () => {
	expect(() => refuseOlderN8n({ getNode } as never)).toThrow(`it needs n8n ${OLDEST_N8N} or newer`);
	const newer = { getNode, getSignedResumeUrl: () => '' };
	expect(() => refuseOlderN8n(newer as never)).not.toThrow();
});

it.each([
	['Eyun WeChat Trigger', undefined, true],
	['微信', undefined, true],
	['Trigger', undefined, false],
	['Eyun WeChat Trigger', 'b3f7e0d2', false],
])('refuses a trigger whose webhook n8n would not find: %s with ID %s', (name, webhookId, is) => {
	const refusal = () => refuseUnservedAddress({ getNode: () => ({ name, webhookId }) } as never);
	if (is) expect(refusal).toThrow('rename the trigger to one word of Latin letters');
	else expect(refusal).not.toThrow();
});

it('asks n8n to check signatures where it has to be asked', () => {
	const asked = jest.fn();
	answerSignedLinksOnly({ setSignatureValidationRequired: asked } as never);
	answerSignedLinksOnly({} as never);
	expect(asked).toHaveBeenCalledTimes(1);
});

it.each(['README.md', 'docs/zh-CN/README.md', 'docs/versions.md'])(
	'%s names the oldest n8n',
	(file) => {
		expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(
			new RegExp(`n8n ${OLDEST_N8N.replace('.', '\\.')}(?![\\d.])`),
		);
	},
);

it('CI runs the newest n8n, and three older ones', () => {
	const workflow = readFileSync(join(ROOT, '.github', 'workflows', 'ci.yml'), 'utf8');
	const [, list = ''] = /n8n: \[(.+)\]/.exec(workflow) ?? [];
	const versions = list.split(', ').map((version) => version.replace(/'/g, ''));
	expect(versions).toHaveLength(4);
	expect(versions.at(-1)).toBe(N8N_VERSION);
	expect(workflow).toContain(`if: matrix.n8n == '${N8N_VERSION}'`);
	// What the page says is tested is tested.
	const page = readFileSync(join(ROOT, 'docs', 'versions.md'), 'utf8');
	expect(versions.filter((version) => !page.includes(version))).toEqual([]);
});

it.each([
	['2.9.0', '2.10', true],
	['1.123.81', '2.0', true],
	['2.20.12', '2.20', false],
	['2.41.1', '2.41.1', false],
	['2.41.3', '2.41.1', false],
	['10.0.0', '9.9.9', false],
])('tells whether n8n %s is older than %s', (version, other, is) => {
	expect(isOlder(version, other)).toBe(is);
});

it('compiles the nodes against the types of that n8n', () => {
	const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	const { version } = JSON.parse(
		readFileSync(join(ROOT, 'node_modules', 'n8n-workflow-oldest', 'package.json'), 'utf8'),
	) as { version: string };
	expect(devDependencies['n8n-workflow-oldest']).toBe(`npm:n8n-workflow@${version}`);
});
