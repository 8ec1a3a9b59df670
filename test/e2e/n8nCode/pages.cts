/** Whether n8n has what the pages of this package name. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../../../scripts/lib/package.cts';
import { CONTRACT, TRAPS, wrongAboutN8n } from '../../support/contractDocs.cts';
import { USER_PAGES } from '../../support/guides.cts';
import { check } from './asked.cts';

/** Runs them. */
export async function placeChecks(): Promise<void> {
	await check('n8n has the code that the pages of this package name', () => {
		const folder = join(dirname(process.argv[2]), '..', '..');
		const read = (file: string) => {
			const whole = join(folder, file);
			return existsSync(whole) ? readFileSync(whole, 'utf8') : undefined;
		};
		assert.deepEqual(
			[CONTRACT, TRAPS].flatMap((page) => wrongAboutN8n(page, read)),
			[],
		);
	});

	await check('n8n has the settings that the guides name', () => {
		const folder = join(dirname(process.argv[2]), '..', '..');
		const pages = [...USER_PAGES, 'examples/docker-compose.yml'];
		const named = pages
			.map((page) => readFileSync(join(REPOSITORY, page), 'utf8'))
			.flatMap(
				(text) =>
					text.match(/\b(?:N8N_[A-Z_]+|EXECUTIONS_[A-Z_]+|WEBHOOK_URL|GENERIC_TIMEZONE)\b/g) ?? [],
			);
		const code = [
			'@n8n/config/dist',
			'n8n-core/dist/binary-data',
			'n8n/dist/modules/community-packages',
			'n8n/dist/services',
		]
			.flatMap((path) =>
				readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
					.filter((file) => file.endsWith('.js'))
					.map((file) => readFileSync(join(folder, path, file), 'utf8')),
			)
			.join('\n');
		const missing = [...new Set(named)].filter(
			(name) => !code.includes(`'${name}'`) && !code.includes(`process.env.${name}`),
		);
		assert.ok(named.length > 10);
		assert.deepEqual(missing, []);
	});
}
