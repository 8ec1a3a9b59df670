/** The browser that looks at the editor: Debian's Chromium, without a window and without the internet. */
import { type Browser, type BrowserContext, chromium, selectors } from 'playwright-core';
import { findProgram } from '../support/findProgram.cts';

/** What n8n's editor calls its elements by. */
const TEST_ID = 'data-test-id';

/** What Chromium would otherwise ask its maker's servers, and what a machine without a screen lacks. */
const FLAGS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** How large the editor is, and with it the pictures: a small laptop. */
export const VIEWPORT = { width: 1280, height: 800 };

/** Starts the browser. Throws with the command that installs it where there is none. */
export async function startBrowser(): Promise<Browser> {
	selectors.setTestIdAttribute(TEST_ID);
	// Its sandbox does not work for root, who has to say so.
	const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return await chromium.launch({
		executablePath: findProgram('chromium', 'chromium'),
		args: [...FLAGS, ...root],
	});
}

/** A person with a browser of their own: nothing but this machine is reached from it. */
export async function newPerson(browser: Browser): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
	await context.route(
		({ hostname }) => hostname !== '127.0.0.1',
		async (route) => await route.abort('blockedbyclient'),
	);
	return context;
}
