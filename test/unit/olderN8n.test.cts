import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	answerSignedLinksOnly,
	OLDEST_N8N,
	refuseOlderN8n,
} from '../../nodes/Eyun/common/n8n/olderN8n.ts';

/** What the nodes do on an n8n that lacks something, or wants something more. */

const ROOT = join(__dirname, '..', '..');
const getNode = () => ({ name: 'Eyun WeChat' });

it('refuses an n8n without what the nodes call, and names the oldest one', () => {
	expect(() => refuseOlderN8n({ getNode } as never)).toThrow(`it needs n8n ${OLDEST_N8N} or newer`);
	const newer = { getNode, getSignedResumeUrl: () => '' };
	expect(() => refuseOlderN8n(newer as never)).not.toThrow();
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

it('compiles the nodes against the types of that n8n', () => {
	const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	const { version } = JSON.parse(
		readFileSync(join(ROOT, 'node_modules', 'n8n-workflow-oldest', 'package.json'), 'utf8'),
	) as { version: string };
	expect(devDependencies['n8n-workflow-oldest']).toBe(`npm:n8n-workflow@${version}`);
});
