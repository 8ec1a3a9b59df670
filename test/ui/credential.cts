/** The credential's window: filled in by hand, saved, and the banner that says what came of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { REPOSITORY } from '../../scripts/lib/package.cts';
import { freePort } from '../../scripts/lib/ports.cts';
import { chooseOption } from './editor.cts';
import type { Ui } from './ui.cts';
import { escapeRegExp } from '../support/escapeRegExp.cts';

const BY_TOKEN = 'Authorization Token';
const BY_PASSWORD = 'Account and Password';

/** What is typed in, by the names of the fields. */
type Typed = Record<string, string>;

interface Case {
	name: string;
	authentication: string;
	typed: Typed;
	/** How the documents begin the text of a red banner; undefined for a green one. */
	banner?: string;
}

const BANNERS = '| Banner | Meaning, and what to do |';

/** The texts of red banners in the documents' table, `…` standing for anything. */
function documentedBanners(): string[] {
	const docs = join(REPOSITORY, 'docs');
	const guides = readdirSync(docs).filter((name) => name.endsWith('.md'));
	const texts = [join(REPOSITORY, 'README.md'), ...guides.map((name) => join(docs, name))].map(
		(path) => readFileSync(path, 'utf8'),
	);
	const [, table] = texts.find((text) => text.includes(BANNERS))?.split(BANNERS) ?? [];
	assert.ok(table, `no document has the table ${BANNERS}`);
	const rows = table.trim().split(/\n\n/)[0].split('\n').slice(1);
	return rows.flatMap((row) => row.split('|')[1].trim().split('<br>'));
}

/** The documented text that a banner must have. */
function documented(start: string): RegExp {
	const text = documentedBanners().find((banner) => banner.startsWith(start));
	assert.ok(text, `the documents have no banner that begins with "${start}"`);
	const escaped = escapeRegExp(text).replaceAll('…', '[^]*');
	return new RegExp(escaped);
}

export async function credentialWindow(ui: Ui): Promise<void> {
	const { stack } = ui;
	const { url, defaults } = stack.simulator;
	const { account, password, token } = defaults;
	const closed = `http://127.0.0.1:${await freePort()}`;

	const cases: Case[] = [
		{
			name: 'account and password',
			authentication: BY_PASSWORD,
			typed: { baseUrl: url, account, password },
		},
		{ name: 'token', authentication: BY_TOKEN, typed: { baseUrl: url, token } },
		{
			name: 'a wrong token',
			authentication: BY_TOKEN,
			typed: { baseUrl: url, token: `${token}x` },
			banner: 'Eyun does not accept this Authorization token',
		},
		{
			name: 'a wrong password',
			authentication: BY_PASSWORD,
			typed: { baseUrl: url, account, password: 'wrong' },
			banner: 'Eyun refused account and password',
		},
		{
			name: 'nobody at the address',
			authentication: BY_TOKEN,
			typed: { baseUrl: closed, token },
			banner: 'The Eyun server at … cannot be reached',
		},
		{
			name: 'an address that is none',
			authentication: BY_TOKEN,
			typed: { baseUrl: 'ftp://example.com', token },
			banner: 'The Base URL must start with http',
		},
	];

	let taken = false;
	for (const { name, authentication, typed, banner } of cases) {
		await ui.check(`credential window, ${name}: ${banner ? 'red' : 'green'}`, async () => {
			const dialog = await newCredential(ui);
			await chooseOption(dialog, 'authentication', authentication);
			for (const [field, value] of Object.entries(typed)) {
				await dialog.getByTestId(`parameter-input-${field}`).locator('input').first().fill(value);
			}
			await dialog.getByTestId('credential-save-button').click();
			if (banner === undefined) {
				await dialog.getByTestId('credentials-config-container-test-success').waitFor();
				if (!taken) await ui.documentPicture('credential', dialog);
				taken = true;
				return;
			}
			await dialog.getByText('More details').click();
			await ui.picture(`credential-${name.replace(/\W+/g, '-')}`, dialog);
			assert.match(await dialog.innerText(), documented(banner));
		});
	}

	await ui.check('credential window, a required field is empty: cannot be saved', async () => {
		const dialog = await newCredential(ui);
		await chooseOption(dialog, 'authentication', BY_PASSWORD);
		for (const field of ['account', 'password']) {
			await dialog.getByTestId(`parameter-input-${field}`).locator('input').first().fill('x');
		}
		assert.ok(await dialog.getByTestId('credential-save-button').locator('button').isDisabled());
	});
}

/** A new credential's window, as Credentials > Add opens it. */
async function newCredential(ui: Ui): Promise<Locator> {
	const { page } = ui;
	const dialog = page.getByTestId('editCredential-modal');
	// The one of the case before.
	if (await dialog.isVisible()) await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
	await ui.goTo('/home/credentials/create');
	const types = page.getByTestId('new-credential-type-select');
	await types.click();
	await types.locator('input').fill('Eyun');
	await page
		.getByTestId('new-credential-type-select-option')
		.filter({ hasText: 'Eyun API', visible: true })
		.click();
	await page.getByTestId('new-credential-type-button').click();
	await dialog.getByTestId('parameter-input-baseUrl').waitFor();
	return dialog;
}
