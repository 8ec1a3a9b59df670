import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import {
	FILES,
	type Publisher,
	publisherFlaws,
	withPublisher,
} from '../../scripts/lib/publisher.cts';

const ROOT = resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const present = JSON.parse(read('publisher.json')) as Publisher;

const OTHER: Publisher = {
	name: 'Li Lei',
	email: 'lilei@shop.cn',
	repository: 'https://github.com/lilei-shop/n8n-nodes-eyun',
};

it('stands in every file as publisher.json says it', () => {
	for (const file of FILES) expect(withPublisher(file, read(file), present)).toBe(read(file));
});

describe('another publisher', () => {
	const changed = Object.fromEntries(
		FILES.map((file) => [file, withPublisher(file, read(file), OTHER)]),
	);

	it('is in all files, and the one before in none', () => {
		for (const file of FILES) {
			const before = [present.name, present.email, present.repository];
			expect(before.filter((text) => changed[file].includes(text))).toEqual([]);
			expect(changed[file]).toContain(file === 'LICENSE' ? OTHER.name : OTHER.repository);
		}
	});

	it('makes a right package.json', () => {
		expect(JSON.parse(changed['package.json'])).toMatchObject({
			homepage: `${OTHER.repository}#readme`,
			author: { name: OTHER.name, email: OTHER.email },
			repository: { type: 'git', url: `git+${OTHER.repository}.git` },
			bugs: { url: `${OTHER.repository}/issues` },
		});
	});

	it('may publish', () => {
		expect(publisherFlaws(OTHER, (file) => changed[file])).toEqual([]);
	});

	it('comes back to the one before', () => {
		for (const file of FILES) expect(withPublisher(file, changed[file], present)).toBe(read(file));
	});
});

it.each<[Partial<Publisher>, RegExp]>([
	[{ name: 'n8n-nodes-eyun maintainers' }, /"name" is still/],
	[{ name: ' ' }, /"name" is still/],
	[{ email: 'maintainers@n8n-nodes-eyun.example' }, /"email" is still/],
	[{ email: 'nobody' }, /"email" is still/],
	[{ repository: 'https://github.com/n8n-nodes-eyun/n8n-nodes-eyun' }, /belongs to nobody/],
	[{ repository: 'https://gitee.com/lilei/n8n-nodes-eyun' }, /not https:\/\/github\.com/],
	[{ repository: 'https://github.com/lilei/n8n-nodes-eyun.git' }, /not https:\/\/github\.com/],
])('%j is not published', (change, flaw) => {
	const publisher = { ...OTHER, ...change };
	const flaws = publisherFlaws(publisher, (file) => withPublisher(file, read(file), publisher));
	expect(flaws.join('\n')).toMatch(flaw);
});

it('files that were not written again keep it from being published', () => {
	expect(publisherFlaws(OTHER, read)).toEqual(
		FILES.map((file) => `${file} says something else: run "npm run publisher"`),
	);
});

it('is checked before npm publishes, and in the workflow that publishes', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	expect(scripts.prepublishOnly).toBe('npm run publisher -- --check');
	// .npmrc switches scripts off, so npm itself would not run it.
	expect(read('.github/workflows/publish.yml')).toContain('run: npm run prepublishOnly');
});
