/** What goes wrong in the browser without anybody seeing it: console, exceptions, requests. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What n8n 2.41.1 itself does wrong, or what this test takes away from it. Each with its reason. */
const NOISE: Array<[pattern: RegExp, reason: string]> = [
	[/^request .* (?!https?:\/\/127\.0\.0\.1)\w+:\/\//, 'The browser reaches this machine only'],
	[/ERR_BLOCKED_BY_CLIENT/, 'The browser reaches this machine only'],
	[/\b401\b.*\/rest\/login$/, 'The editor asks who is signed in, before anybody is'],
	[/ERR_ABORTED/, 'A page that is left ends its own requests'],
	[/^console: Failed to load resource/, 'Stands in the list as the request that it is'],
	[
		/ 404: .*\/schemas\//,
		'n8n asks for the schema of each node; steps.cts says which of ours must have one',
	],
	[/injectNDVStore\(\) was accessed without/, 'A panel whose workflow is left for another one'],
];

/** Collects what goes wrong on a page. */
export class Problems {
	private found: string[] = [];

	private expected: RegExp[] = [];

	/** @param page watched from now on */
	watch(page: Page): void {
		const add = (text: string) => {
			if (!NOISE.some(([pattern]) => pattern.test(text))) this.found.push(text);
		};
		page.on('pageerror', (error) => add(`exception: ${error.stack ?? error.message}`));
		page.on('console', (message) => {
			if (message.type() !== 'error') return;
			add(`console: ${message.text()} ${message.location().url}`);
		});
		page.on('requestfailed', (request) =>
			add(`request failed: ${request.failure()?.errorText} ${request.method()} ${request.url()}`),
		);
		page.on('response', (response) => {
			if (response.status() < 400) return;
			add(
				`request answered ${response.status()}: ${response.request().method()} ${response.url()}`,
			);
		});
	}

	/** From now on, until the next `assertNone`, these must occur; the editor shows them, and they are wanted. */
	expect(...patterns: RegExp[]): void {
		this.expected.push(...patterns);
	}

	/** Forgets what was found. */
	forget(): void {
		this.found = [];
		this.expected = [];
	}

	/** Throws with everything that was found since the last call and was not expected. */
	assertNone(): void {
		const { found, expected } = this;
		this.forget();
		const missing = expected.filter((pattern) => !found.some((text) => pattern.test(text)));
		const unexpected = found.filter((text) => !expected.some((pattern) => pattern.test(text)));
		assert.deepEqual(missing.map(String), [], 'what was expected in the browser did not occur');
		assert.deepEqual([...new Set(unexpected)], [], 'the browser reports problems');
	}
}
